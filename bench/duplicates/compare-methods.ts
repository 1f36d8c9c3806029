import { join } from 'node:path';
import { detectGroups } from '@thaw/data';
import { dHash, pairsByHash, pHash } from './hashes.ts';
import type { Planted } from '@thaw/data/planted-copies';

/** Pairs of images that a method takes for copies. */
type Method = (images: readonly Planted[], folder: string) => Promise<readonly (readonly [number, number])[]>;

/** How sure two images were said to be copies, and whether they are. */
interface Said {
  readonly confidence: number;
  readonly isTrue: boolean;
}

/** Of what was used for groups, and of what was offered alone, with the limits between which it is counted. */
const said = {
  links: { pairs: [] as Said[], limits: [0.8, 0.9, 0.95, 0.99, 0.999, 1.001] },
  'offered pairs': { pairs: [] as Said[], limits: [0.3, 0.4, 0.5, 1.001] },
};

/** The network is loaded when it is asked for, so that it counts in no other part's memory. */
function byFeatures(least: number): Method {
  return async (images, folder) => (await import('./features.ts')).pairsByFeatures(images, folder, least);
}

/**
 * Thaw beside perceptual hashes at the distances in use (dHash 10 of 64 bits, pHash 10) and beside the cosine of features, at 0.9 and 0.95.
 */
const methods: Record<string, Method> = {
  Thaw: async (images, folder) => {
    const { groups, links, offered } = await detectGroups(images, { cacheDir: join(folder, 'cache') });
    const saidOf = ({ a, b, confidence }: (typeof links)[number]) => {
      return { confidence, isTrue: images[a]!.photograph === images[b]!.photograph };
    };
    said.links.pairs.push(...links.map(saidOf));
    said['offered pairs'].pairs.push(...offered.map(saidOf));
    return images.flatMap((_, b) =>
      images.slice(0, b).flatMap((_, a) => (groups[a] === groups[b] ? [[a, b] as const] : [])),
    );
  },
  'dHash, 10 bits': (images) =>
    pairsByHash(
      images.map(({ path }) => path),
      dHash,
      10,
    ),
  'pHash, 10 bits': (images) =>
    pairsByHash(
      images.map(({ path }) => path),
      pHash,
      10,
    ),
  'cosine, 0.9': byFeatures(0.9),
  'cosine, 0.95': byFeatures(0.95),
};

/** Prints precision, recall over all and by way, and CPU of each method on a set. */
export async function compareMethods(
  name: string,
  images: readonly Planted[],
  folder: string,
): Promise<void> {
  for (const [method, find] of Object.entries(methods)) {
    const start = process.cpuUsage();
    const pairs = await find(images, folder);
    const { user, system } = process.cpuUsage(start);
    const found = new Set(pairs.map(([a, b]) => a * images.length + b));
    const wrong = pairs.filter(([a, b]) => images[a]!.photograph !== images[b]!.photograph).length;
    const byWay = new Map<string, { found: number; all: number }>();
    let [all, right] = [0, 0];
    for (const [b, second] of images.entries()) {
      for (const [a, first] of images.slice(0, b).entries()) {
        if (first.photograph !== second.photograph) continue;
        const isFound = found.has(a * images.length + b);
        all++;
        if (isFound) right++;
        const changed = [first.way, second.way].filter((way) => way !== 'orig');
        if (new Set(changed).size !== 1) continue;
        const counts = byWay.get(changed[0]!) ?? { found: 0, all: 0 };
        byWay.set(changed[0]!, { found: counts.found + (isFound ? 1 : 0), all: counts.all + 1 });
      }
    }
    const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole).toFixed(3);
    const ways = [...byWay].map(([way, counts]) => `${way} ${share(counts.found, counts.all)}`);
    console.log(
      `${name.padEnd(10)} ${method.padEnd(15)} ${images.length} images, precision ${share(pairs.length - wrong, pairs.length)}, recall ${share(right, all)}; ${((user + system) / 1000 / images.length).toFixed(1)} ms of CPU an image\n    ${ways.join(', ')}`,
    );
  }
}

/** Prints how many of the links, and of the pairs that were offered, are true of those that were said to be so sure, over all sets so far. */
export function printReliability(): void {
  for (const [name, { pairs, limits }] of Object.entries(said)) {
    for (const [i, low] of limits.slice(0, -1).entries()) {
      const some = pairs.filter(({ confidence }) => confidence >= low && confidence < limits[i + 1]!);
      if (some.length === 0) continue;
      const mean = some.reduce((sum, { confidence }) => sum + confidence, 0) / some.length;
      const right = some.filter(({ isTrue }) => isTrue).length / some.length;
      console.log(
        `${name} said to be ${low} sure or more: ${some.length}, mean ${mean.toFixed(3)}, true ${right.toFixed(3)}`,
      );
    }
  }
}
