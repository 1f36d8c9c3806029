import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that goes into a package. */
export interface CopiedFile {
  /** Absolute. */
  readonly from: string;
  /** Relative to the folder that is filled. */
  readonly to: string;
}

/** Copies files into a folder, which is made where it is missing. */
export async function copyFiles(files: readonly CopiedFile[], folder: string): Promise<void> {
  const folders = new Set(files.map(({ to }) => dirname(join(folder, to))));
  for (const each of folders) await mkdir(each, { recursive: true });
  for (const { from, to } of files) await copyFile(from, join(folder, to));
}
