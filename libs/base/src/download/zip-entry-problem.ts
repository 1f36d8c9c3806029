import { constants } from 'node:fs';
import type { Entry } from 'yauzl';

/** Why an archive's entry must not be unpacked, or null. Names are relative, with '/' between their parts. */
export function entryProblem(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'is encrypted';
  if (!entry.canDecodeFileData())
    return `is compressed by method ${entry.compressionMethod}, which is not supported`;
  // Archives made on Unix keep the file's mode in the upper half; elsewhere it is 0.
  const type = (entry.externalFileAttributes >>> 16) & constants.S_IFMT;
  if (type === constants.S_IFLNK) return 'is a symbolic link';
  if (type !== 0 && type !== constants.S_IFREG && type !== constants.S_IFDIR)
    return 'is neither a file nor a folder';
  return nameProblem(entry.fileName);
}

/** What yauzl itself does not refuse; it does refuse absolute paths, drive letters at the start, '..' and backslashes. */
function nameProblem(name: string): string | null {
  if (/[\u0000-\u001f\u007f:]/.test(name)) return 'has a colon or a control character in its name';
  for (const part of name.replace(/\/$/, '').split('/')) {
    // Windows drops a dot or blank at the end, so such a name could stand for another one.
    if (part === '' || /[. ]$/.test(part)) {
      return 'has an empty part, or a part that ends in a dot or a blank, in its name';
    }
  }
  return null;
}

/** Says which paths would overwrite each other on some file system (upper and lower case, Unicode forms), or null. */
export function nameCollision(paths: readonly string[]): string | null {
  const files = new Map<string, string>();
  for (const path of paths) {
    const other = files.get(folded(path));
    if (other !== undefined)
      return `entries ${JSON.stringify(other)} and ${JSON.stringify(path)} share one path`;
    files.set(folded(path), path);
  }
  for (const path of paths) {
    const parts = folded(path).split('/');
    for (let end = 1; end < parts.length; end++) {
      const other = files.get(parts.slice(0, end).join('/'));
      if (other !== undefined)
        return `entry ${JSON.stringify(other)} is a file and the folder of ${JSON.stringify(path)}`;
    }
  }
  return null;
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
