import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilesDataset } from '@thaw/experiment';
import { partNamed } from './part-names.ts';
import { foldersIn } from './walk-classes.ts';

/**
 * The layout that a folder seems to have: train-test-folders where it has two parts of a data set, csv where a `labels.csv`
 * lies in it, else class-folders.
 */
export async function detectLayout(folder: string): Promise<FilesDataset['layout']> {
  const parts = new Set((await foldersIn(folder)).map(partNamed).filter((part) => part !== null));
  if (parts.size > 1) return 'train-test-folders';
  const table = await stat(join(folder, 'labels.csv')).catch(() => null);
  return table?.isFile() ? 'csv' : 'class-folders';
}
