/**
 * The plain way to classify images in Node.js, to compare `predict` with: one after the other, each decoded and resized by sharp, scaled,
 * and given to ONNX Runtime with its default options. Arguments: a promoted MobileNetV2 (`model.onnx`), the side of its images, the
 * folder with them.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

const [model, size, folder] = process.argv.slice(2);
const side = Number(size);
const session = await InferenceSession.create(model);
const [input] = session.inputNames;
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const resized = sharp(file).resize(side, side, { fit: 'fill', kernel: 'nearest' });
  const pixels = await resized.removeAlpha().raw().toBuffer();
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) values[i] = pixels[i] / 127.5 - 1;
  const image = new Tensor('float32', values, [1, side, side, 3]);
  const { probabilities } = await session.run({ [input]: image }, ['probabilities']);
  process.stdout.write(`${file},${probabilities.data.join(',')}\n`);
}
