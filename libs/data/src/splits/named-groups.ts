import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { Settings } from '@thaw/experiment';
import { smearFolder } from '../synthetic/smear-folder.ts';
import { assignGroups, namesGroups } from './assign-groups.ts';

/**
 * The groups of files that a run's settings name, or that its synthetic smear brings, by the names alone: no image is read and
 * none is drawn. A file without a group is a group of its own. Null where nothing names groups, or what does is gone or
 * can no longer be read.
 */
export async function namedGroups(
  { dataset, split }: Pick<Settings, 'dataset' | 'split'>,
  names: readonly string[],
  cacheDir: string,
): Promise<ReadonlyMap<string, string> | null> {
  const sources = 'source' in dataset ? join(smearFolder(dataset, cacheDir), 'sources.csv') : null;
  const settings = split.groups ?? (sources === null ? null : { csv: sources, column: 'source' });
  if (settings === null || !namesGroups(settings)) return null;
  try {
    const named = await assignGroups(names, settings);
    return new Map(names.map((name) => [name, named.get(name) ?? `alone: ${name}`]));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
