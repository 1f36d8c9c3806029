import { availableParallelism } from 'node:os';
import { mostKeypoints } from './describe-image.ts';
import { DescriptionCache } from './description-cache.ts';
import type { DetectedGroups, DetectOptions } from './detected-groups.ts';
import { ImageStore } from './image-store.ts';
import { PhotographGroups } from './photograph-groups.ts';
import { learnVocabulary, wordsPerKeypoint } from './visual-words.ts';
import { buildWordIndex, type Candidate } from './word-index.ts';
import { WorkerPool } from './worker-pool.ts';
import type { Link } from './verify-pair.ts';

/** Images that are described before a file of the cache is written. */
const imagesPerFile = 512;
const imagesPerTask = 16;
const pairsPerTask = 256;
/** Fewer images are not worth another thread. */
const imagesPerThread = 64;
/** Candidates of each image that are compared, in rounds: a later round leaves out pairs that are together by then. */
const rounds = [3, 6, 10] as const;
const mostCandidates = rounds.at(-1)!;

/** Groups images of different contents, ordered by sha256. See `detectGroups`. */
export async function groupImages(
  images: readonly { path: string; sha256: string }[],
  { cacheDir, onProgress, signal }: DetectOptions,
): Promise<DetectedGroups> {
  const store = new ImageStore(images.length);
  const threads = Math.min(availableParallelism(), Math.ceil(images.length / imagesPerThread));
  const pool = new WorkerPool(store, threads, signal);
  try {
    await describe(store, images, pool, new DescriptionCache(cacheDir), (done) =>
      onProgress?.('describing images', done, images.length),
    );
    const candidates = await findCandidates(store, pool, (done) =>
      onProgress?.('finding candidates', done, images.length),
    );
    const groups = new PhotographGroups(store);
    for (const [round, end] of rounds.entries()) {
      const pairs = openPairs(groups, candidates, rounds[round - 1] ?? 0, end);
      const args = inPieces(pairs, pairsPerTask);
      let done = 0;
      const results = await pool.run('verify', args, (index) => {
        done += args[index]!.length;
        onProgress?.('comparing images', round + done / pairs.length, rounds.length);
      });
      const links = results.flat().filter((link): link is Link => link !== null);
      groups.add(links);
    }
    groups.finish();
    return resultOf(groups, images.length);
  } finally {
    await pool.close();
  }
}

async function describe(
  store: ImageStore,
  images: readonly { path: string; sha256: string }[],
  pool: WorkerPool,
  cache: DescriptionCache,
  onDone: (done: number) => void,
): Promise<void> {
  const hashes = images.map(({ sha256 }) => sha256);
  const missing = await cache.load(store, hashes);
  let done = images.length - missing.length;
  onDone(done);
  let saved = Promise.resolve();
  for (const part of inPieces(missing, imagesPerFile)) {
    const args = inPieces(part, imagesPerTask).map((some) =>
      some.map((image) => ({ image, path: images[image]!.path })),
    );
    // The next are described while these are written.
    await Promise.all([pool.run('describe', args, (index) => onDone((done += args[index]!.length))), saved]);
    saved = cache.save(store, hashes, part);
  }
  await saved;
}

async function findCandidates(
  store: ImageStore,
  pool: WorkerPool,
  onDone: (done: number) => void,
): Promise<Candidate[][]> {
  const words = new Uint16Array(
    new SharedArrayBuffer(store.count * mostKeypoints * wordsPerKeypoint * Uint16Array.BYTES_PER_ELEMENT),
  );
  const vocabulary = learnVocabulary(store);
  const pieces = inPieces(
    Array.from({ length: store.count }, (_, image) => image),
    imagesPerFile,
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

/** Each image with its candidates from rank `start` to `end`, every pair once, without those that are together. */
function openPairs(
  groups: PhotographGroups,
  candidates: readonly (readonly Candidate[])[],
  start: number,
  end: number,
): [number, number][] {
  const pairs = new Map<number, [number, number]>();
  for (const [image, found] of candidates.entries()) {
    for (const { image: other } of found.slice(start, end)) {
      if (groups.areTogether(image, other)) continue;
      const [a, b] = image < other ? [image, other] : [other, image];
      pairs.set(a * candidates.length + b, [a, b]);
    }
  }
  return [...pairs.values()];
}

function resultOf(groups: PhotographGroups, count: number): DetectedGroups {
  const numbers = new Map<readonly number[], number>();
  const confidence: number[] = [];
  const numbered = Array.from({ length: count }, (_, image) => {
    const members = groups.membersOf(image);
    const known = numbers.get(members);
    if (known !== undefined) return known;
    numbers.set(members, confidence.length);
    return confidence.push(groups.confidenceOf(image)) - 1;
  });
  const links = groups.links.map(({ a, b, confidence }) => ({
    a: Math.min(a, b),
    b: Math.max(a, b),
    confidence,
  }));
  const sharedFields = groups.sharedFields.map(({ a, b, confidence }) => ({
    a: numbered[a]!,
    b: numbered[b]!,
    confidence,
  }));
  return { groups: numbered, confidence, links, sharedFields };
}

function inPieces<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}
