import { readFile } from 'node:fs/promises';
import { readAhead } from '@thaw/base';
import { ImageRefused, type ImageLimits } from '@thaw/data';
import type { Classifier } from '../model/classifier.ts';

/** What came of a file: the probability of each class, or why there is none. */
export type FileAnswer = { readonly probabilities: Float32Array } | { readonly problem: string };

/** Files that one or several threads classify. */
export interface FilesWork {
  readonly files: readonly string[];
  readonly limits: ImageLimits;
  /** How many of them threads have taken already: one number, in memory that they share. */
  readonly taken: Int32Array;
}

/** Answers for the files from `first` on. */
export interface FileAnswers {
  readonly first: number;
  readonly answers: readonly FileAnswer[];
}

/** Few, so that what a layer makes of them stays in the cache of a core. */
const filesAtOnce = 4;
/** Pieces that are decoded while the network runs on another. */
const piecesAhead = 2;

/** Takes files until all are taken, and says piece by piece what the classifier makes of them. Rejects for what is no fault of a file. */
export async function classifyShare(
  classifier: Classifier,
  { files, limits, taken }: FilesWork,
  say: (answers: FileAnswers) => void,
): Promise<void> {
  const read = (first: number) =>
    Promise.all(files.slice(first, first + filesAtOnce).map((file) => readImage(classifier, file, limits)));
  for await (const [first, images] of readAhead(pieces(files.length, taken), read, piecesAhead)) {
    const good = images.flatMap((each) => ('pixels' in each ? [each.pixels] : []));
    const rows = good.length > 0 ? await classifier.probabilities(classifier.batch(good)) : [];
    const next = rows.values();
    const answers = images.map((each) => ('pixels' in each ? { probabilities: next.next().value! } : each));
    say({ first, answers });
  }
}

/** Where each piece of files that is taken begins. */
function* pieces(files: number, taken: Int32Array): Generator<number> {
  for (;;) {
    const first = Atomics.add(taken, 0, filesAtOnce);
    if (first >= files) return;
    yield first;
  }
}

/** The pixels of a file, or what is wrong with it. */
async function readImage(
  classifier: Classifier,
  file: string,
  limits: ImageLimits,
): Promise<{ readonly pixels: Uint8Array } | { readonly problem: string }> {
  try {
    return { pixels: await classifier.pixels(await readFile(file), limits) };
  } catch (error) {
    if (error instanceof ImageRefused) return { problem: error.message };
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { problem: `cannot be read: ${message}` };
  }
}
