import type { FolderImages } from '@thaw/data';

/** Says how a folder was read where that is not a matter of course, and names the files that could not be read. */
export function tellSkipped({ skipped, notes }: FolderImages): void {
  for (const note of notes) process.stderr.write(`Data: ${note}\n`);
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
}
