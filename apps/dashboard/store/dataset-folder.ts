import { join, resolve } from 'node:path';
import { smearFolder } from '@thaw/data/smear-folder';
import type { Settings } from '@thaw/experiment';

/** Where the images of a data set lie if they are still there; nothing is drawn or fetched anew. */
export function datasetFolder({ dataset }: Pick<Settings, 'dataset'>, runsDir: string): string {
  return 'path' in dataset ? resolve(dataset.path) : smearFolder(dataset, join(runsDir, 'cache'));
}
