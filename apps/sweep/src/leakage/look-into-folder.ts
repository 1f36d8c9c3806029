import {
  findFolderLeakage,
  readFolder,
  type FolderImages,
  type FolderLayout,
  type FolderLeakage,
} from '@thaw/data';
import type { PhaseProgress } from '../progress/phase-progress.ts';

/** Keras's usual fraction, and this program's default. */
const validationSplit = 0.2;

export interface LookOptions {
  readonly layout: FolderLayout | null;
  readonly cacheDir: string;
  readonly progress: PhaseProgress;
  readonly signal: AbortSignal;
}

/** Reads a folder's images and finds which of them come from one photograph. */
export async function lookIntoFolder(
  data: string,
  { layout, cacheDir, progress, signal }: LookOptions,
): Promise<{ folder: FolderImages; leakage: FolderLeakage }> {
  const folder = await readFolder(data, {
    layout,
    cacheDir,
    onProgress: (done, total) => progress.update('images checked', done, total),
    signal,
  });
  const leakage = await findFolderLeakage(folder, {
    cacheDir,
    validationSplit,
    onDetect: progress.update,
    signal,
  });
  return { folder, leakage };
}

/** Names the files of a folder that could not be read. */
export function tellSkipped({ skipped }: FolderImages): void {
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
}
