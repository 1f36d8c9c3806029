import { UserError } from '@thaw/base';
import { requireFolder, type FolderSettings } from '@thaw/data';
import { readExperiment, type FilesDataset } from '@thaw/experiment';

/** Which folder a command is to look into, and how. */
export interface FolderOptions {
  readonly data: string;
  /** Null: looked up. */
  readonly layout: FilesDataset['layout'] | null;
  /** Settings of `dataset`, path=value. */
  readonly set: readonly string[];
}

/** How to read the folder, checked as an experiment file would be. Throws a UserError for what it may not say. */
export async function folderSettings({ data, layout, set }: FolderOptions): Promise<FolderSettings> {
  const path = await requireFolder(data);
  const other = set.find((each) => !each.trimStart().startsWith('dataset.'));
  if (other !== undefined) {
    throw new UserError(
      `--set ${other}: allowed: settings of dataset, such as dataset.csv.label_column=cell`,
    );
  }
  const given = [...(layout === null ? [] : [`dataset.layout=${layout}`]), ...set];
  const text = `dataset: {path: ${JSON.stringify(path)}}`;
  const { dataset } = readExperiment(text, '--data', { set: given }).settings;
  if (!('path' in dataset)) throw new UserError('--set dataset.source: the images are those of --data');
  const isSaid = given.some((each) => /^\s*dataset\.layout\s*=/.test(each));
  return { ...dataset, layout: isSaid ? dataset.layout : null };
}
