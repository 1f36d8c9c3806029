import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Problem } from '../messages/problem.ts';
import { show } from '../messages/show.ts';
import { pathsOf } from '../settings-paths.ts';
import type { Settings } from '../settings.ts';
import type { SettingsCheck } from './check-settings.ts';

/** What experiment files may name and start that come from elsewhere than this machine's own command line. */
export interface Allowed {
  /** Absolute. What settings name by a path lies in one of them; links are followed. */
  readonly folders: readonly string[];
  /** Whether trials may run programs of the user's own. */
  readonly programs: boolean;
}

/** Refuses what settings name by a path outside the folders that are allowed. It is to come before all that looks there. */
export function placesWithin({ folders }: Pick<Allowed, 'folders'>): SettingsCheck {
  const roots = folders.map(realPlace);
  const isAllowed = (path: string) =>
    // As it is written, too: a system goes back from where a link leads, not from the link.
    [path, resolve(path)].every((each) => roots.some((root) => isWithin(realPlace(each), root)));
  return (settings) => [
    ...Object.keys(pathsOf(settings, '')).flatMap((setting): Problem[] => {
      const path = setting.split('.');
      const written = path.reduce<unknown>(
        (holder, key) => (holder as Record<string, unknown>)[key],
        settings,
      );
      return isAllowed(String(written)) ? [] : [outside(path, String(written), folders)];
    }),
    ...tableProblems(settings, isAllowed),
  ];
}

/** The table of a data set lies in its folder, wherever links lead. */
function tableProblems({ dataset }: Settings, isAllowed: (path: string) => boolean): Problem[] {
  if (!('path' in dataset) || dataset.csv === undefined) return [];
  const { path, csv } = dataset;
  const table = join(path, csv.file);
  if (!isAbsolute(csv.file) && isWithin(resolve(table), resolve(path)) && isAllowed(table)) return [];
  const message = `found ${show(csv.file)}, which lies outside dataset.path; allowed: a table in it`;
  return [{ path: ['dataset', 'csv', 'file'], message }];
}

function outside(path: string[], written: string, folders: readonly string[]): Problem {
  return {
    path,
    message: `found ${show(written)}, which lies outside the folders that may be read; allowed: what lies in ${folders.join(' or ')}`,
    remedy: { do: 'allow folder' },
  };
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

/** Where a path leads by all links; of what is not there, or cannot be looked at, where its folder leads. */
function realPlace(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? resolve(path) : join(realPlace(folder), basename(path));
  }
}
