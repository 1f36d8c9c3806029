import type { FolderImages } from '@thaw/data';

/** Names the files of a folder that could not be read. */
export function tellSkipped({ skipped }: FolderImages): void {
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
}
