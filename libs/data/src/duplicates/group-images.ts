import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inChunks, makeFolder } from '@thaw/base';
import { CandidatePairs, rounds } from './candidates/candidate-pairs.ts';
import { findCandidates, findLookalikes } from './candidates/find-candidates.ts';
import { describeImages } from './describe-images.ts';
import { DescriptionCache } from './description-cache.ts';
import type { DetectedGroups, DetectOptions } from './detected-groups.ts';
import { linksByBending, toBend } from './groups/bent-links.ts';
import { isLoose, looseLinks } from './groups/drawn-links.ts';
import {
  isAnotherExposure,
  isOtherField,
  mayBeOtherField,
  overlapOfFields,
  usualGrain,
} from './groups/exposures.ts';
import { GrainFile } from './grain-file.ts';
import { groupsFound } from './groups/groups-found.ts';
import { PhotographGroups } from './groups/photograph-groups.ts';
import { isOwn, unsettled, type Unsettled } from './groups/unsettled.ts';
import {
  byOthers,
  isCertain,
  isLink,
  linksThatStandOut,
  withoutCommonplace,
  withoutScenes,
} from './groups/weigh-links.ts';
import { ImageStore } from './image-store.ts';
import type { Comparison, Link } from './verify/comparison.ts';
import { WorkerPool } from './worker-pool.ts';

/** Comparisons that a task settles by what only their images show. */
const unsettledPerTask = 16;
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
  const folder = join(cacheDir, 'duplicates');
  await makeFolder(folder);
  const grains = GrainFile.in(folder);
  const store = new ImageStore(images.length, grains);
  const threads = Math.min(availableParallelism(), Math.ceil(images.length / imagesPerThread));
  const pool = new WorkerPool(store, threads, signal);
  try {
    await describeImages(store, images, pool, new DescriptionCache(cacheDir), (done) =>
      onProgress?.('describing images', done, images.length),
    );
    const candidates = await findCandidates(store, pool, (done) =>
      onProgress?.('finding candidates', done, images.length),
    );
    const lookalikes = await findLookalikes(store, pool);
    const groups = new PhotographGroups(store.count, async (placements) =>
      (await pool.run('compareAt', inChunks(placements, placementsPerTask))).flat(),
    );
    const areTogether = (a: number, b: number) => groups.areTogether(a, b);
    const membersOf = (image: number) => groups.membersOf(image);
    const candidatePairs = new CandidatePairs(candidates, lookalikes);
    /** Links that wait, with their grain, until it is known how much of theirs copies of the set keep. */
    const beside = new Map<Link, Comparison>();
    /** Of images that are apart: of others nothing more is asked. */
    let open: Comparison[] = [];
    const keepOpen = (more: readonly Comparison[]) => {
      open = [...open, ...more].filter(({ a, b }) => !areTogether(a, b));
    };
    for (const round of rounds.keys()) {
      const pairs = candidatePairs.inRound(round, areTogether);
      const args = inChunks(pairs, pairsPerTask);
      let done = 0;
      const results = await pool.run('verify', args, (index) => {
        done += args[index]!.length;
        onProgress?.('comparing images', round + done / pairs.length, rounds.length);
      });
      const compared = results.flat().filter((comparison) => comparison !== null);
      const links = compared.filter(isLink);
      for (const [link, found] of await linksBeside(links, store, pool)) beside.set(link, found);
      await groups.add(links.filter((link) => isCertain(link) && !isLoose(link) && !beside.has(link)));
      keepOpen(compared);
    }
    await groups.add(looseLinks(open, areTogether, membersOf));
    const usual = await usualGrainOf(groups.links, pool);
    const fields = new Set(
      [...beside].flatMap(([link, found]) => (isOtherField(found, usual) ? [link] : [])),
    );
    const isOther = (comparison: Comparison) =>
      fields.has(comparison) || isAnotherExposure(comparison, usual);
    const left = open.filter((comparison) => isLink(comparison) && !isOther(comparison));
    const uncertain = withoutScenes(
      left.filter((link) => !isCertain(link)),
      membersOf,
    );
    const waiting = left.filter((link) => isCertain(link) && !isLoose(link) && beside.has(link));
    const outstanding = withoutCommonplace([...uncertain, ...waiting], open, areTogether, membersOf);
    await groups.add(outstanding);
    for (const link of waiting) if (!outstanding.includes(link)) fields.add(link);
    await groups.finish(
      isOther,
      [...fields].filter(({ isDrawing }) => !isDrawing),
    );
    keepOpen([]);
    await groups.add(
      linksThatStandOut(
        open.filter((comparison) => !(isLink(comparison) && isCertain(comparison)) && !isOther(comparison)),
        areTogether,
        membersOf,
      ),
    );
    keepOpen([]);
    const bending = toBend(
      open.filter((comparison) => !isOther(comparison)),
      membersOf,
    );
    const bent = await pool.run('bend', inChunks(bending, placementsPerTask));
    await groups.add(linksByBending(bending, bent.flat(), open, areTogether, membersOf));
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
    return groupsFound(groups, open, images.length, isOther);
  } finally {
    await pool.close();
    grains.close();
  }
}

/** Those of links that may show two photographs of fields side by side, each as it was compared with its grain. */
async function linksBeside(
  links: readonly Link[],
  store: ImageStore,
  pool: WorkerPool,
): Promise<[Link, Comparison][]> {
  const overlapping = links
    .map((link) => ({ link, overlap: overlapOfFields(store, link) }))
    .filter(({ overlap }) => overlap < 1);
  const placements = overlapping.map(({ link }) => link);
  const compared = (await pool.run('compareGrainAt', inChunks(placements, placementsPerTask))).flat();
  return overlapping.flatMap(({ link, overlap }, i): [Link, Comparison][] => {
    const found = compared[i];
    return found && mayBeOtherField(found, overlap) ? [[link, found]] : [];
  });
}

/** Share of the grain that copies of the set keep, by some of the links so far. */
async function usualGrainOf(links: readonly Link[], pool: WorkerPool): Promise<number | null> {
  const step = Math.ceil(links.length / linksOfGrain);
  const some = links.filter((_, i) => i % step === 0);
  const compared = await pool.run('compareGrainAt', inChunks(some, placementsPerTask));
  return usualGrain(compared.flat().filter((found) => found !== null));
}

/** Those of unsettled comparisons that what only their images show makes links. */
async function linksByOwn(some: readonly Unsettled[], pool: WorkerPool): Promise<Link[]> {
  const evidence = await pool.run('weighOwn', inChunks(some, unsettledPerTask));
  return evidence.flat().flatMap((both, i) => {
    const { comparison } = some[i]!;
    return both.some((evidence) => isOwn(evidence, comparison)) ? [{ ...comparison, ...byOthers }] : [];
  });
}
