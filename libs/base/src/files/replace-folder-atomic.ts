import { rename, rm } from 'node:fs/promises';
import { ifGone } from './if-gone.ts';
import { temporarySibling } from './temporary-sibling.ts';
import { writeFolderAtomic } from './write-folder-atomic.ts';

/**
 * As `writeFolderAtomic`, but a folder that stands at `path` gives way once the new one is whole. Readers see the old
 * folder, the new one or, for a moment, none; never a mixture or a half. If `fill` throws, the old one stays.
 */
export async function replaceFolderAtomic(
  path: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const old = temporarySibling(path);
  let moved = false;
  try {
    await writeFolderAtomic(path, async (temporary) => {
      await fill(temporary);
      moved = await rename(path, old).then(() => true, ifGone(false));
    });
  } finally {
    if (moved) await rm(old, { recursive: true, force: true });
  }
}
