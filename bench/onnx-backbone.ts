/**
 * What features of an ONNX file cost beside ONNX Runtime's own loop over the same images, by turns: CPU seconds an image (user and system,
 * all threads), from files on disk to features. The loop decodes and resizes with Thaw's reader, makes each batch as the file wants it in
 * plain JavaScript and runs the file as it is; Thaw's side is `extractFeatures` into an empty cache. One core each: threads that
 * wait for others would count as work.
 *
 *   npx tsx bench/onnx-backbone.ts --file resnet18.onnx [--images 192] [--batch 32] [--rounds 3]
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
    images: { type: 'string', default: '192' },
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
  const images = [...train, ...test].slice(0, Number(options.images));
  const ratios: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const own = await cpuSeconds(() => ownLoop(images));
    const folder = join(cacheDir, `round-${round}`);
    const engine = createEngine('onnx', { sharedCores: true, threads: 1 });
    const thaw = await cpuSeconds(() => extractFeatures(images, settings, { engine, cacheDir: folder }));
    ratios.push(thaw / own);
    const each = (seconds: number) => ((1000 * seconds) / images.length).toFixed(1);
    console.log(`own loop ${each(own)} ms an image, Thaw ${each(thaw)}, ratio ${(thaw / own).toFixed(3)}`);
  }
  console.log(`ratio ${median(ratios).toFixed(3)} (median of ${ratios.length})`);
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
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
