import type { CardFacts } from './card-facts.ts';

/** How to load and call the model in Python and JavaScript, with what its input must be. */
export function loadingSection({ preprocessing }: CardFacts): string {
  const { input, resize, normalize } = preprocessing;
  const { divisor, offset } = normalize;
  const sign = offset < 0 ? '-' : '+';
  const shift = `${sign} ${Math.abs(offset)}`;
  const size = `${input.width} x ${input.height}`;
  const pillow = resize.interpolation === 'nearest' ? 'NEAREST' : 'BILINEAR';
  return `## How to use it

Input \`${input.name}\`: float32 [batch, ${input.height}, ${input.width}, 3], RGB, x / ${divisor} ${shift}, resized to ${size} with Pillow's ${pillow} (the
aspect ratio is not kept). Output \`probabilities\`: [batch, classes] in the order of \`labels.json\`. The ONNX file also gives
\`features\` [batch, channels] and \`feature_map\` [batch, height, width, channels].

Python, with \`pip install onnxruntime pillow numpy\`:

\`\`\`python
import json, numpy as np, onnxruntime
from PIL import Image

image = Image.open("image.jpeg").convert("RGB").resize((${input.width}, ${input.height}), Image.Resampling.${pillow})
x = np.asarray(image, np.float32)[None] / np.float32(${divisor}) ${sign} np.float32(${Math.abs(offset)})
session = onnxruntime.InferenceSession("model.onnx")
probabilities = session.run(["probabilities"], {"${input.name}": x})[0][0]
print(dict(zip(json.load(open("labels.json")), probabilities.tolist())))
\`\`\`

JavaScript, with \`npm install onnxruntime-node sharp\`:

\`\`\`js
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

${resize.interpolation === 'nearest' ? nearestPixels(input) : bilinearPixels(input)}
const x = Float32Array.from(pixels, (value) => value / ${divisor} ${shift});
const session = await InferenceSession.create('model.onnx');
const { probabilities } = await session.run(
  { ${input.name}: new Tensor('float32', x, [1, ${input.height}, ${input.width}, 3]) }, ['probabilities']);
console.log(JSON.parse(readFileSync('labels.json', 'utf8')).map((label, i) => [label, probabilities.data[i]]));
\`\`\`

In the browser or in Node with TensorFlow.js alone: \`const model = await tf.loadLayersModel('model.json')\`, then
\`model.predict(tf.tensor4d(x, [1, ${input.height}, ${input.width}, 3]))\`.`;
}

function nearestPixels({ width, height }: { width: number; height: number }): string {
  return `const { data, info } = await sharp('image.jpeg').removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
const pixels = new Uint8Array(${height} * ${width} * 3);
for (let y = 0; y < ${height}; y++) {
  const row = Math.trunc((y + 0.5) * info.height / ${height}) * info.width;
  for (let x = 0; x < ${width}; x++) {
    const from = (row + Math.trunc((x + 0.5) * info.width / ${width})) * 3;
    pixels.set(data.subarray(from, from + 3), (y * ${width} + x) * 3);
  }
}`;
}

/** sharp's linear kernel is near Pillow's, not equal to it. */
function bilinearPixels({ width, height }: { width: number; height: number }): string {
  return `const pixels = await sharp('image.jpeg').removeAlpha().toColourspace('srgb')
  .resize(${width}, ${height}, { fit: 'fill', kernel: 'linear' }).raw().toBuffer(); // near Pillow's, not equal to it`;
}
