import { statSync } from 'node:fs';

/** What tells whether files are the ones that were read. */
export interface FileStamp {
  /** Of each file which one it is, when it was changed and how large it is; copies have others. */
  readonly text: string;
  /** When the last of them was changed, in ms since 1970. */
  readonly changedMs: number;
}

/** The stamp of files of which the first must be there; null where it is not. */
export function fileStamp([first, ...others]: readonly [string, ...string[]]): FileStamp | null {
  // At once: of thousands, waiting for each takes several times as long as asking.
  const found = statIfThere(first);
  if (!found) return null;
  const all = [found, ...others.map(statIfThere)];
  return {
    // Times of content can be set by whoever copies a file, those of the entry not. What replaces a file is another one, also where it
    // comes within a tick of the clock.
    text: all
      .map((each) => (each ? `${each.ino} ${each.ctimeMs} ${each.mtimeMs} ${each.size}` : '-'))
      .join(' '),
    changedMs: Math.max(...all.map((each) => each?.ctimeMs ?? 0)),
  };
}

function statIfThere(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
