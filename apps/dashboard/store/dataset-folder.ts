import { join, resolve } from 'node:path';
import { smearFolder } from '@thaw/data/smear-folder';
import { withPaths, type Settings, type SettingsPaths } from '@thaw/experiment';

/** Where the images of a data set lie if they are still there; nothing is drawn or fetched anew. */
export function datasetFolder(
  { settings, paths }: { readonly settings: Pick<Settings, 'dataset'>; readonly paths: SettingsPaths },
  runsDir: string,
): string {
  const { dataset } = withPaths(settings, paths);
  return 'path' in dataset ? resolve(dataset.path) : smearFolder(dataset, join(runsDir, 'cache'));
}
