import {
  findFolderLeakage,
  readFolder,
  type FolderImages,
  type FolderSettings,
  type FolderLeakage,
} from '@thaw/data';
import type { AnalysisListener } from '../listener.ts';

/** Keras's usual fraction, and this program's default. */
const validationSplit = 0.2;

export interface LookOptions {
  readonly cacheDir: string;
  readonly listener: Pick<AnalysisListener, 'count'>;
  readonly signal: AbortSignal;
  /** Leaves the images of a test set alone. */
  readonly withoutTest?: boolean;
}

/** Reads a folder's images and finds which of them come from one photograph. */
export async function lookIntoFolder(
  data: FolderSettings,
  { cacheDir, listener, signal, withoutTest = false }: LookOptions,
): Promise<{ folder: FolderImages; leakage: FolderLeakage }> {
  const folder = await readFolder(data, {
    cacheDir,
    withoutTest,
    onProgress: (done, total) => listener.count('images checked', done, total),
    signal,
  });
  const leakage = await findFolderLeakage(folder, {
    cacheDir,
    validationSplit,
    onDetect: (phase, done, total) => listener.count(phase, done, total),
    signal,
  });
  return { folder, leakage };
}
