import { inChunks } from '@thaw/base';
import { outlineWords } from '../describe/outline.ts';
import type { ImageStore } from '../image-store.ts';
import type { WorkerPool } from '../worker-pool.ts';
import { mostCandidates, mostLookalikes } from './candidate-pairs.ts';
import type { Lookalike } from './lookalikes.ts';
import { learnVocabulary, wordsPerKeypoint } from './visual-words.ts';
import { buildWordIndex } from './word-index.ts';

/** Each task gets a search of its own, which costs what so many images do not notice. */
const imagesPerTask = 512;

/** The images that share visual words with each, the best first. */
export async function findCandidates(
  store: ImageStore,
  pool: WorkerPool,
  onDone: (done: number) => void,
): Promise<number[][]> {
  const words = new Uint16Array(
    new SharedArrayBuffer(store.allKeypoints * wordsPerKeypoint * Uint16Array.BYTES_PER_ELEMENT),
  );
  const vocabulary = learnVocabulary(store);
  const pieces = inChunks(
    Array.from({ length: store.count }, (_, image) => image),
    imagesPerTask,
  );
  await pool.run(
    'readWords',
    pieces.map((images) => ({ vocabulary, words, images })),
  );
  const index = buildWordIndex(store, words);
  let done = 0;
  const found = await pool.run(
    'findCandidates',
    pieces.map((images) => ({ words, index, images, most: mostCandidates })),
    (piece) => onDone((done += pieces[piece]!.length)),
  );
  return found.flat();
}

/** The images that look like each as wholes, the nearest first. */
export async function findLookalikes(store: ImageStore, pool: WorkerPool): Promise<Lookalike[][]> {
  const outlines = new Int32Array(new SharedArrayBuffer(2 * store.count * outlineWords * 4));
  const pieces = inChunks(
    Array.from({ length: store.count }, (_, image) => image),
    imagesPerTask,
  );
  await pool.run(
    'readOutlines',
    pieces.map((images) => ({ outlines, images })),
  );
  const found = await pool.run(
    'findLookalikes',
    pieces.map((images) => ({ outlines, images, most: mostLookalikes })),
  );
  return found.flat();
}
