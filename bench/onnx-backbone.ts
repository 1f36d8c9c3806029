/**
 * What features of an ONNX file cost beside ONNX Runtime's own loop over the same images, by turns: CPU seconds an image (user and system,
 * all threads), from files on disk to features. The loop decodes and resizes with Thaw's reader, makes each batch as the file wants it in
 * plain JavaScript and runs the file as it is; Thaw's side is `extractFeatures` into an empty cache. The cost of an image is that of each
 * one beyond the first ones (`--images`), apart from what is spent to begin: threads, sessions. Sessions have one thread: threads that wait
 * for others would count as work.
 *
 *   npx tsx bench/onnx-backbone.ts --file resnet18.onnx [--images 96] [--batch 32] [--rounds 3]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '@thaw/base';
import { createEngine, readOnnxHeader } from '@thaw/compute';
import { loadDataset, PixelReader, resizingOf, type ImageFile } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { extractFeatures } from '@thaw/training';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    images: { type: 'string', default: '96' },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
    size: { type: 'string', default: '224' },
  },
});
const { file } = options;
if (file === undefined) throw new Error('--file FILE.onnx is needed');
const [mean, std] = [
  [0.485, 0.456, 0.406],
  [0.229, 0.224, 0.225],
];
const size = Number(options.size);
const [input] = readOnnxHeader(file).inputs;
const isLast = input!.shape![3] === 3;
const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-onnx-backbone-'));
const settings = settingsSchema.parse({
  dataset: { source: 'synthetic-smear' },
  model: { backbone: file, image_size: size, input: { mean, std } },
});
try {
  const { train, test } = await loadDataset(settings, { cacheDir });
  const all = [...train, ...test];
  const [few, many] = [all.slice(0, Number(options.images)), all.slice(0, 3 * Number(options.images))];
  const ratios: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const byThaw = (images: readonly ImageFile[]) => {
      const engine = createEngine('onnx', { sharedCores: true, threads: 1 });
      const folder = join(cacheDir, `round-${round}-${images.length}`);
      return extractFeatures(images, settings, { engine, cacheDir: folder, depthRange: null });
    };
    const own = await further(ownLoop, few, many);
    const thaw = await further(byThaw, few, many);
    ratios.push(thaw.each / own.each);
    const words = ({ each, first }: typeof own) =>
      `${each.toFixed(1)} ms an image and ${first.toFixed(0)} ms to begin`;
    console.log(`own loop ${words(own)}, Thaw ${words(thaw)}: ${(thaw.each / own.each).toFixed(3)}`);
  }
  console.log(`ratio of an image's cost ${median(ratios).toFixed(3)} (median of ${ratios.length})`);
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
}

/** CPU milliseconds of each further image, and what is spent before the first. */
async function further(
  work: (images: readonly ImageFile[]) => Promise<unknown>,
  few: readonly ImageFile[],
  many: readonly ImageFile[],
): Promise<{ each: number; first: number }> {
  const less = await cpuSeconds(() => work(few));
  const more = await cpuSeconds(() => work(many));
  const each = (1000 * (more - less)) / (many.length - few.length);
  return { each, first: 1000 * less - each * few.length };
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function ownLoop(images: readonly ImageFile[]): Promise<void> {
  const session = await InferenceSession.create(file!, {
    intraOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const reader = new PixelReader(resizingOf(settings), null, null);
  const length = size * size * 3;
  for (let from = 0; from < images.length; from += Number(options.batch)) {
    const some = images.slice(from, from + Number(options.batch));
    const batch = new Float32Array(some.length * length);
    for (const [i, pixels] of (await Promise.all(some.map((image) => reader.read(image)))).entries()) {
      for (let at = 0; at < length; at++) {
        const channel = at % 3;
        const value = (pixels[at]! / 255 - mean![channel]!) / std![channel]!;
        const place = isLast ? at : channel * size * size + Math.floor(at / 3);
        batch[i * length + place] = value;
      }
    }
    const shape = isLast ? [some.length, size, size, 3] : [some.length, 3, size, size];
    await session.run({ [input!.name]: new Tensor('float32', batch, shape) });
  }
  await reader.close();
  await session.release();
}
