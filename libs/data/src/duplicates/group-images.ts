import { availableParallelism } from 'node:os';
import { mostKeypoints } from './describe-image.ts';
import { DescriptionCache } from './description-cache.ts';
import type { DetectedGroups, DetectOptions } from './detected-groups.ts';
import { ImageStore } from './image-store.ts';
import { PhotographGroups } from './photograph-groups.ts';
import { isCertain, isLink, linksThatStandOut, withoutCommonplace, withoutScenes } from './weigh-links.ts';
import { outlineWords, type Lookalike } from './lookalikes.ts';
import { learnVocabulary, wordsPerKeypoint } from './visual-words.ts';
import { buildWordIndex, type Candidate } from './word-index.ts';
import { WorkerPool } from './worker-pool.ts';
import { leastOffered, type Comparison, type Pair } from './verify-pair.ts';

/** Images that are described before a file of the cache is written. */
const imagesPerFile = 512;
const imagesPerTask = 16;
const pairsPerTask = 256;
/** Fewer images are not worth another thread. */
const imagesPerThread = 64;
/** Candidates of each image that are compared, in rounds: a later round leaves out pairs that are together by then. */
const rounds = [3, 6, 10] as const;
const mostCandidates = rounds.at(-1)!;
/** Share that two images of one scene have in common. */
const leastOfScene = 0.6;
/** Images that look alike as wholes which are compared. */
const mostLookalikes = 4;

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
    const groups = new PhotographGroups(store);
    const all: Comparison[] = [];
    const tried = new Set<number>();
    for (const [round, end] of rounds.entries()) {
      const pairs = openPairs(
        groups,
        tried,
        candidates,
        round === 0 ? lookalikes : [],
        rounds[round - 1] ?? 0,
        end,
      );
      const args = inPieces(pairs, pairsPerTask);
      let done = 0;
      const results = await pool.run('verify', args, (index) => {
        done += args[index]!.length;
        onProgress?.('comparing images', round + done / pairs.length, rounds.length);
      });
      const compared = results.flat().filter((comparison) => comparison !== null);
      groups.add(compared.filter((comparison) => isLink(comparison) && isCertain(comparison)));
      all.push(...compared);
    }
    const areTogether = (a: number, b: number) => groups.areTogether(a, b);
    const uncertain = withoutScenes(all.filter((comparison) => isLink(comparison) && !isCertain(comparison)));
    groups.add(withoutCommonplace(uncertain, all, areTogether));
    groups.finish();
    const open = all.filter(({ a, b }) => !areTogether(a, b));
    groups.add(
      linksThatStandOut(
        open.filter((comparison) => !isLink(comparison)),
        areTogether,
      ),
    );
    return resultOf(groups, open, images.length);
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

async function findLookalikes(store: ImageStore, pool: WorkerPool): Promise<Lookalike[][]> {
  const outlines = new Int32Array(new SharedArrayBuffer(store.count * outlineWords * 4));
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

/** Each image with its candidates from rank `start` to `end`, every pair once, without those that are together. */
function openPairs(
  groups: PhotographGroups,
  tried: Set<number>,
  candidates: readonly (readonly Candidate[])[],
  lookalikes: readonly (readonly Lookalike[])[],
  start: number,
  end: number,
): Pair[] {
  const pairs = new Map<number, Pair>();
  const add = (image: number, other: number, lookalike?: Pair['lookalike']) => {
    if (groups.areTogether(image, other)) return;
    const [a, b] = image < other ? [image, other] : [other, image];
    const key = a * candidates.length + b;
    if (tried.has(key)) return;
    pairs.set(key, { a, b, lookalike: lookalike ?? pairs.get(key)?.lookalike });
  };
  for (const [image, found] of candidates.entries()) {
    for (const { image: other } of found.slice(start, end)) add(image, other);
    for (const { image: other, isInverted } of lookalikes[image] ?? [])
      add(image, other, isInverted ? 'inverted' : 'plain');
  }
  for (const key of pairs.keys()) tried.add(key);
  return [...pairs.values()];
}

function resultOf(groups: PhotographGroups, open: readonly Comparison[], count: number): DetectedGroups {
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
  const offered = open
    .filter(({ a, b, confidence }) => confidence >= leastOffered && !groups.areTogether(a, b))
    .map(({ a, b, confidence }) => ({ a: Math.min(a, b), b: Math.max(a, b), confidence }));
  const fields = new Map<string, { a: number; b: number; confidence: number }>();
  for (const { a, b, agreement } of open) {
    if (agreement.share < leastOfScene) continue;
    const [first, second] = [numbered[a]!, numbered[b]!].sort((x, y) => x - y) as [number, number];
    const known = fields.get(`${first} ${second}`)?.confidence ?? 0;
    if (first !== second && agreement.share > known)
      fields.set(`${first} ${second}`, { a: first, b: second, confidence: agreement.share });
  }
  for (const { a, b, confidence } of groups.sharedFields) {
    const [first, second] = [numbered[a]!, numbered[b]!].sort((x, y) => x - y) as [number, number];
    if (first !== second) fields.set(`${first} ${second}`, { a: first, b: second, confidence });
  }
  const sharedFields = [...fields.values()];
  return { groups: numbered, confidence, links, offered, sharedFields };
}

function inPieces<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}
