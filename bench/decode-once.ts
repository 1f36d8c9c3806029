/**
 * What it costs to check and to read a data set's images once, in CPU seconds (user and system) of this process: decoded to be checked
 * and again to be read, and decoded once with the pixels kept; by turns, in one run. And what resizing costs beside decoding.
 *
 *   npx tsx bench/decode-once.ts [--data ../shared/data/blood-cells/images] [--limit 400] [--rounds 3] [--size 224]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mapConcurrently, median } from '@thaw/base';
import { decodeUntrusted, loadDataset, PixelReader, readPixels, resizers, type ImageFile } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/blood-cells/images' },
    limit: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    size: { type: 'string', default: '224' },
  },
});
const size = Number(options.size);
const filesAtOnce = 8;

/** CPU seconds of some work. */
async function cost(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

type Interpolation = keyof typeof resizers;

/** Checks and reads all images; `once` keeps what the check has decoded. */
async function checkAndRead(interpolation: Interpolation, once: boolean): Promise<number> {
  const { dataset, split, model } = settingsSchema.parse({
    dataset: {
      path: options.data,
      interpolation,
      ...(options.limit && { limit_per_class: Number(options.limit) }),
    },
    model: { image_size: size },
  });
  const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-decode-once-'));
  const settings = once ? { dataset, split, model } : { dataset, split };
  try {
    return await cost(async () => {
      const { train, validation, test } = await loadDataset(settings, { cacheDir });
      const reader = once ? new PixelReader({ size, interpolation }, null, cacheDir) : null;
      const read = (image: ImageFile) =>
        reader?.read(image) ?? readPixels(image.path, { size, interpolation });
      await mapConcurrently(
        [...train, ...validation, ...test],
        filesAtOnce,
        async (image) => void (await read(image)),
      );
      await reader?.close();
    });
  } finally {
    rmSync(cacheDir, { recursive: true });
  }
}

async function main(): Promise<void> {
  for (const interpolation of Object.keys(resizers) as Interpolation[]) {
    const [twice, once]: [number[], number[]] = [[], []];
    for (let round = 0; round < Number(options.rounds); round++) {
      twice.push(await checkAndRead(interpolation, false));
      once.push(await checkAndRead(interpolation, true));
    }
    const ratio = median(once.map((seconds, i) => seconds / twice[i]!));
    const figures = (all: readonly number[]) => all.map((seconds) => seconds.toFixed(1)).join(', ');
    console.log(
      `${interpolation}: twice ${figures(twice)} s, once ${figures(once)} s; median ratio ${ratio.toFixed(2)}`,
    );
  }
  const { dataset, split } = settingsSchema.parse({ dataset: { path: options.data, limit_per_class: 60 } });
  const { train } = await loadDataset(
    { dataset, split },
    { cacheDir: mkdtempSync(join(tmpdir(), 'thaw-resize-')) },
  );
  const files = train.map(({ path }) => readFileSync(path));
  const limits = { bytes: Infinity, pixels: 1e8 };
  const images = await Promise.all(files.map((bytes) => decodeUntrusted(bytes, limits)));
  for (let round = 0; round < Number(options.rounds); round++) {
    const decoding = await cost(async () => {
      for (const { path } of train) await readPixels(path, { size: 1, interpolation: 'nearest' });
    });
    const shares = Object.entries(resizers).map(async ([name, resize]) => {
      const seconds = await cost(() => images.forEach((image) => resize(image, size, size)));
      return `${name} ${(seconds / decoding).toFixed(2)}`;
    });
    console.log(`resizing, of a decoding: ${(await Promise.all(shares)).join(', ')}`);
  }
}

await main();
