/**
 * The plain way to classify images in Node.js, to compare `predict` with: one after the other, each decoded and resized by sharp, scaled,
 * and given to ONNX Runtime with its default options. Arguments: a promoted MobileNetV2 (`model.onnx`), the side of its images, then files.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

const [model, size, ...files] = process.argv.slice(2);
const side = Number(size);
const session = await InferenceSession.create(model);
const [input] = session.inputNames;
for (const file of files) {
  const resized = sharp(file).resize(side, side, { fit: 'fill', kernel: 'nearest' });
  const pixels = await resized.removeAlpha().raw().toBuffer();
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) values[i] = pixels[i] / 127.5 - 1;
  const image = new Tensor('float32', values, [1, side, side, 3]);
  const { probabilities } = await session.run({ [input]: image }, ['probabilities']);
  process.stdout.write(`${file},${probabilities.data.join(',')}\n`);
}
