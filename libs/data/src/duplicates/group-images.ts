import { availableParallelism } from 'node:os';
import { CandidatePairs, mostCandidates, mostLookalikes, rounds } from './candidates/candidate-pairs.ts';
import type { Lookalike } from './candidates/lookalikes.ts';
import { learnVocabulary, wordsPerKeypoint } from './candidates/visual-words.ts';
import { buildWordIndex } from './candidates/word-index.ts';
import { outlineWords } from './describe/outline.ts';
import { DescriptionCache } from './description-cache.ts';
import type { DetectedGroups, DetectOptions } from './detected-groups.ts';
import { linksByBending, toBend } from './groups/bent-links.ts';
import { isAnotherExposure, usualGrain } from './groups/exposures.ts';
import { groupsFound } from './groups/groups-found.ts';
import { PhotographGroups } from './groups/photograph-groups.ts';
import { isOwn, unsettled, type Unsettled } from './groups/unsettled.ts';
import {
  isCertain,
  isLink,
  linksThatStandOut,
  withoutCommonplace,
  withoutScenes,
} from './groups/weigh-links.ts';
import { ImageStore } from './image-store.ts';
import type { Comparison, Link } from './verify/verify-pair.ts';
import { WorkerPool } from './worker-pool.ts';

/** Images that are described before a file of the cache is written. */
const imagesPerFile = 512;
const imagesPerTask = 16;
const pairsPerTask = 256;
const placementsPerTask = 32;
/** Links by which it is told how much grain copies of the set share. */
const linksOfGrain = 200;
/** Fewer images are not worth another thread. */
const imagesPerThread = 64;

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
    const lookalikes = await findLookalikes(store, pool);
    const groups = new PhotographGroups(store.count, async (placements) =>
      (await pool.run('compareAt', inPieces(placements, placementsPerTask))).flat(),
    );
    const areTogether = (a: number, b: number) => groups.areTogether(a, b);
    const membersOf = (image: number) => groups.membersOf(image);
    const candidatePairs = new CandidatePairs(candidates, lookalikes);
    /** Of images that are apart: of others nothing more is asked. */
    let open: Comparison[] = [];
    const keepOpen = (more: readonly Comparison[]) => {
      open = [...open, ...more].filter(({ a, b }) => !areTogether(a, b));
    };
    for (const round of rounds.keys()) {
      const pairs = candidatePairs.inRound(round, areTogether);
      const args = inPieces(pairs, pairsPerTask);
      let done = 0;
      const results = await pool.run('verify', args, (index) => {
        done += args[index]!.length;
        onProgress?.('comparing images', round + done / pairs.length, rounds.length);
      });
      const compared = results.flat().filter((comparison) => comparison !== null);
      await groups.add(compared.filter((comparison) => isLink(comparison) && isCertain(comparison)));
      keepOpen(compared);
    }
    const usual = await usualGrainOf(groups.links, pool);
    const isOther = (comparison: Comparison) => isAnotherExposure(comparison, usual);
    const uncertain = withoutScenes(
      open.filter((comparison) => isLink(comparison) && !isCertain(comparison) && !isOther(comparison)),
      membersOf,
    );
    await groups.add(withoutCommonplace(uncertain, open, areTogether));
    await groups.finish(isOther);
    keepOpen([]);
    await groups.add(
      linksThatStandOut(
        open.filter((comparison) => !isLink(comparison) && !isOther(comparison)),
        areTogether,
        membersOf,
      ),
    );
    keepOpen([]);
    const bending = toBend(
      open.filter((comparison) => !isOther(comparison)),
      membersOf,
    );
    const bent = await pool.run('bend', inPieces(bending, placementsPerTask));
    await groups.add(linksByBending(bending, bent.flat(), open, areTogether));
    keepOpen([]);
    await groups.add(
      await linksByOwn(
        unsettled(
          open.filter((comparison) => !isOther(comparison)),
          areTogether,
          membersOf,
        ),
        pool,
      ),
    );
    return groupsFound(groups, open, images.length);
  } finally {
    await pool.close();
  }
}

/** Share of the grain that copies of the set keep, by some of the links so far. */
async function usualGrainOf(links: readonly Link[], pool: WorkerPool): Promise<number | null> {
  const step = Math.ceil(links.length / linksOfGrain);
  const some = links.filter((_, i) => i % step === 0);
  const compared = await pool.run('compareGrainAt', inPieces(some, placementsPerTask));
  return usualGrain(compared.flat().filter((found) => found !== null));
}

/** Those of unsettled comparisons that what only their images show makes links. */
async function linksByOwn(some: readonly Unsettled[], pool: WorkerPool): Promise<Link[]> {
  const evidence = await pool.run('weighOwn', inPieces(some, imagesPerTask));
  return evidence
    .flat()
    .flatMap((both, i) =>
      both.some(isOwn) ? [{ ...some[i]!.comparison, confidence: 0.9, distance: 0 }] : [],
    );
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
): Promise<number[][]> {
  const words = new Uint16Array(
    new SharedArrayBuffer(store.allKeypoints * wordsPerKeypoint * Uint16Array.BYTES_PER_ELEMENT),
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

async function findLookalikes(store: ImageStore, pool: WorkerPool): Promise<Lookalike[][]> {
  const outlines = new Int32Array(new SharedArrayBuffer(2 * store.count * outlineWords * 4));
  const pieces = inPieces(
    Array.from({ length: store.count }, (_, image) => image),
    imagesPerFile,
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

function inPieces<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}
