import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapConcurrently, Random, sha256File } from '@thaw/base';
import { detectGroups, type DetectedGroups } from '@thaw/data';
import { distortions, pairScores, writeCopies, type Copy, type Distortion } from '@thaw/data/testing';
import { compareMethods, printReliability } from './duplicates/compare-methods.ts';
import { writeErased, writeFrames, writeSet, type Planted } from '@thaw/data/planted-copies';

/**
 * How well and how fast copies of photographs are found: on the real set (against the photographs that are known of two classes), on
 * synthetic copies that were distorted in one way or in all, on photographs without any copy, and on sets of several kinds beside
 * perceptual hashes (`kinds`, `hands`), with how often links are true that are said to be so sure. Figures go to standard output.
 * Names of parts as arguments (kinds, hands, erased, few, real, all, distorted, single) run these alone.
 */
const parts = { kinds, hands, erased, few, real, all, distorted, single };

const shared = fileURLToPath(new URL('../../shared/data/blood-cells/', import.meta.url));
const sharedHands = fileURLToPath(new URL('../../shared/data/hands/', import.meta.url));
const work = await mkdtemp(join(tmpdir(), 'thaw-duplicates-'));
try {
  const asked = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    if (['few', 'real', 'all'].includes(name) && !existsSync(shared)) console.log(`${name}: needs ${shared}`);
    else await part();
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

async function detect(title: string, images: readonly Copy[], cache: string): Promise<DetectedGroups> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  let memory = 0;
  const found = await detectGroups(images, {
    cacheDir: join(work, cache),
    onProgress: () => (memory = Math.max(memory, process.memoryUsage.rss())),
  });
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - start) / 1000;
  const cpu = (user + system) / 1000 / images.length;
  const scores = pairScores(
    found.groups,
    images.map(({ source }) => source),
  );
  console.log(
    `${title.padEnd(44)} ${images.length} images, ${found.confidence.length} groups, precision ${scores.precision.toFixed(4)}, recall ${scores.recall.toFixed(4)}; ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} ms of CPU an image, ${Math.round(memory / 2 ** 20)} MiB`,
  );
  return found;
}

async function readImages(names: readonly (readonly [name: string, source: string])[]): Promise<Copy[]> {
  return mapConcurrently(names, 8, async ([name, source]) => {
    const path = join(shared, 'images', name);
    return { path, sha256: await sha256File(path), source };
  });
}

/** The images whose photograph is known. */
async function knownImages(): Promise<Copy[]> {
  const map = await readFile(join(shared, 'source-map-train-eosinophil-lymphocyte.csv'), 'utf8');
  const rows = map.trim().split('\n').slice(1);
  return readImages(rows.map((row) => row.split(',')).map(([name, source]) => [name!, source!] as const));
}

/** Few images, with one copy or two of most photographs. */
async function few(): Promise<void> {
  const images = await knownImages();
  for (const size of [100, 200, 400])
    for (const seed of [1, 2, 3, 4]) {
      const some = new Random('subset', seed).shuffle(images).slice(0, size);
      await detect(`TRAIN, ${size} drawn at random (${seed})`, some, `few ${size} ${seed}`);
    }
}

async function real(): Promise<void> {
  const images = await knownImages();
  for (const label of ['EOSINOPHIL', 'LYMPHOCYTE']) {
    const some = images.filter(({ path }) => path.includes(`/${label}/`));
    await detect(`TRAIN, ${label.toLowerCase()}s`, some, 'apart');
  }
  const found = await detect('TRAIN, both together', images, 'together');
  console.log(`  fields with two photographs or more: ${found.sharedFields.length} pairs`);
}

async function all(): Promise<void> {
  const names: [string, string][] = [];
  for (const split of ['TRAIN', 'TEST']) {
    for (const label of await readdir(join(shared, 'images', split))) {
      const files = await readdir(join(shared, 'images', split, label));
      names.push(...files.map((file): [string, string] => [`${split}/${label}/${file}`, split]));
    }
  }
  const images = await readImages(names);
  const found = await detect('TRAIN and TEST (truth: the split)', images, 'all');
  await detect('the same, again', images, 'all');
  const splits = new Map<number, Set<string>>();
  for (const [i, group] of found.groups.entries()) {
    splits.set(group, (splits.get(group) ?? new Set()).add(images[i]!.source));
  }
  const crossing = [...splits.values()].filter(({ size }) => size > 1).length;
  const splitOf = (group: number) => [...splits.get(group)!].join();
  const fields = found.sharedFields.filter(({ a, b }) => splitOf(a) !== splitOf(b)).length;
  console.log(`  groups in TRAIN and TEST: ${crossing}; fields with one photograph in each: ${fields}`);
}

async function distorted(): Promise<void> {
  const kinds = Object.keys(distortions) as Distortion[];
  for (const kind of kinds) {
    const copies = await writeCopies(join(work, kind), `distorted ${kind}`, 60, ['none', 'none', kind, kind]);
    await detect(`synthetic, half of the copies: ${kind}`, copies, kind);
  }
  const pairs = await writeCopies(join(work, 'pairs'), 'pairs', 300, ['none', 'crop']);
  await detect('synthetic, one plain copy and one cropped', pairs, 'pairs');
  await detect('synthetic, one copy of each', await writeCopies(join(work, 'one'), 'one', 60, kinds), 'one');
}

async function single(): Promise<void> {
  const images = await writeCopies(join(work, 'single'), 'single', 2_000, ['none']);
  const { groups, confidence } = await detect('synthetic, photographs without a copy', images, 'single');
  const sizes = new Uint32Array(confidence.length);
  for (const group of groups) sizes[group]!++;
  const wrong = groups.filter((group) => sizes[group]! > 1).length;
  console.log(`  images in a wrong group: ${((100 * wrong) / images.length).toFixed(2)} %`);
}

async function kinds(): Promise<void> {
  const folder = (name: string) => join(work, `kind ${name}`);
  const photographs = {
    smear: 100,
    hands: 300,
    'X-rays': 300,
    products: 200,
    textures: 150,
    icons: 240,
    papers: 150,
    fields: 150,
    night: 150,
  };
  for (const [kind, count] of Object.entries(photographs) as [keyof typeof photographs, number][])
    await compareMethods(kind, await writeSet(folder(kind), kind, count, 8), folder(kind));
  await compareMethods('frames', await writeFrames(folder('frames'), 45), folder('frames'));
  printReliability();
}

async function hands(): Promise<void> {
  if (!existsSync(sharedHands)) return console.log(`hands: needs ${sharedHands}`);
  const table = await readFile(join(sharedHands, 'truth.csv'), 'utf8');
  const rows = table.trim().split(/\r?\n/).slice(1);
  const images = await mapConcurrently(rows, 8, async (row): Promise<Planted> => {
    const [name, photograph, way] = row.split(',') as [string, string, string];
    const path = join(sharedHands, name);
    return { path, sha256: await sha256File(path), photograph, way };
  });
  await compareMethods('real hands', images, join(work, 'hands'));
  printReliability();
}

async function erased(): Promise<void> {
  const images = await writeErased(join(work, 'erased'), 160);
  const { groups } = await detect(
    'synthetic, four copies of each, erased in part',
    images.map((image) => ({ ...image, source: image.photograph })),
    'erased cache',
  );
  const twins = images.filter(
    ({ photograph }, i) =>
      images.findIndex((other, j) => j !== i && other.photograph === photograph && groups[j] === groups[i]) >=
      0,
  );
  console.log(
    `  photographs with a twin found: ${new Set(twins.map(({ photograph }) => photograph)).size} of 160`,
  );
}
