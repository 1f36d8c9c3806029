import type { FilesDataset } from '@thaw/experiment';
import { listClassFolders } from './class-folders.ts';
import { listCsv } from './csv.ts';
import type { Layout } from './layout.ts';
import { listTrainTestFolders } from './train-test-folders.ts';

/** Every layout by its name in the experiment file. */
export const layouts: Record<FilesDataset['layout'], Layout> = {
  'train-test-folders': listTrainTestFolders,
  'class-folders': listClassFolders,
  csv: listCsv,
};
