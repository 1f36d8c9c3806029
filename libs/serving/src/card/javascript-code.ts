import { symmetriesOf } from '@thaw/data/browser';
import type { Preprocessing } from '../artifact/preprocessing.ts';

/** A program for Node that says of image files what `predict` says; it stands beside the model's files. */
export function javascriptCode({
  input,
  resize,
  normalize,
  depth,
  test_time_augmentation,
}: Preprocessing): string {
  const views = test_time_augmentation && symmetriesOf[test_time_augmentation].length;
  const { width, height, batch = 1 } = input;
  const tensor = (values: string) =>
    batch === 1
      ? `new Tensor('float32', ${values}, [1, ${height}, ${width}, 3])`
      : `new Tensor('float32', filled(${values}), [${batch}, ${height}, ${width}, 3])`;
  const { divisor, offset } = normalize;
  // Of bytes, three a pixel.
  const source = input.channels === 'RGB' ? 'value' : 'pixels[i + 2 - 2 * (i % 3)]';
  const isOneFormula = input.channels === 'RGB' && typeof offset === 'number' && typeof divisor === 'number';
  const index = isOneFormula ? '(value)' : '(value, i)';
  return `import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';

${depth ? pixelsByRange(depth) : pixelsOf}

${inks}

${resizing[resize.interpolation]}
${resize.resize ? `\n${fitted[resize.resize]}\n` : ''}${views ? `\n${viewOf}\n` : ''}${batch === 1 ? '' : `\n${filled(batch)}\n`}
const labels = JSON.parse(readFileSync('labels.json', 'utf8'));
const session = await InferenceSession.create('model.onnx');
for (const file of process.argv.slice(2)) {
  const pixels = resize(${resize.resize ? 'fitted(await pixelsOf(file))' : 'await pixelsOf(file)'}, ${width}, ${height});
  const x = Float32Array.from(pixels, ${index} => Math.fround(${source} / ${float32(divisor)}) ${shiftBy(offset)});
${
  views
    ? `  const sums = labels.map(() => 0);
  for (let symmetry = 0; symmetry < ${views}; symmetry++) {
    const { probabilities } = await session.run(
      { ${input.name}: ${tensor(`viewOf(x, ${width}, symmetry)`)} }, ['probabilities']);
    labels.forEach((_, i) => (sums[i] += probabilities.data[i]));
  }
  const named = Object.fromEntries(labels.map((label, i) => [label, sums[i] / ${views}]));`
    : `  const { probabilities } = await session.run(
    { ${input.name}: ${tensor('x')} }, ['probabilities']);
  const named = Object.fromEntries(labels.map((label, i) => [label, probabilities.data[i]]));`
}
  console.log(JSON.stringify({ file, probabilities: named }));
}`;
}

function shiftBy(offset: Preprocessing['normalize']['offset']): string {
  return typeof offset === 'number' && offset < 0 ? `- ${float32(-offset)}` : `+ ${float32(offset)}`;
}

/** A number for all colours, or one for each. */
function float32(value: Preprocessing['normalize']['divisor']): string {
  return typeof value === 'number'
    ? String(Math.fround(value))
    : `[${value.map(Math.fround).join(', ')}][i % 3]`;
}

const opened = `// As Pillow reads it: no colour profile, alpha dropped, inks by the plain formula; of formats TIFF alone is turned.
async function pixelsOf(file) {
  const options = { ignoreIcc: true, failOn: 'error' };
  const { format, space, depth } = await sharp(file, options).metadata();
  if (!['jpeg', 'png', 'webp', 'tiff'].includes(format)) throw new Error(\`\${file}: save it as PNG first\`);
  const image = format === 'tiff' ? sharp(file, options).autoOrient() : sharp(file, options);
  const raw = (each) => each.toBuffer({ resolveWithObject: true });
  if (space === 'cmyk') {
    const { data, info } = await raw(image.pipelineColourspace('cmyk').toColourspace('cmyk').raw());
    return { width: info.width, height: info.height, data: rgbOfInks(data) };
  }`;

const eightBits = `  const { data, info } = await raw(image.removeAlpha().toColourspace('srgb').raw());
  return { width: info.width, height: info.height, data };
}`;

const pixelsOf = `${opened.replace('space, depth }', 'space }')}
${eightBits}`;

function pixelsByRange({ low, high }: NonNullable<Preprocessing['depth']>): string {
  return `${opened}
  if (depth !== 'uchar') { // more than eight bits: scaled by the range of the training data
    const { data, info } = await raw(image.removeAlpha().toColourspace(space).raw({ depth }));
    const Values = { ushort: Uint16Array, short: Int16Array, int: Int32Array, uint: Uint32Array, float: Float32Array }[depth];
    const values = new Values(Uint8Array.from(data).buffer);
    const rgb = new Uint8Array(info.width * info.height * 3);
    for (let i = 0; i < rgb.length; i++) {
      const value = info.channels === 1 ? values[Math.floor(i / 3)] : values[i];
      rgb[i] = Math.floor(Math.min(Math.max((value - ${low}) / ${high > low ? high - low : 1}, 0), 1) * 255 + 0.5);
    }
    return { width: info.width, height: info.height, data: rgb };
  }
${eightBits}`;
}

const inks = `function rgbOfInks(inks) {
  const rgb = new Uint8Array((inks.length / 4) * 3);
  for (let i = 0; i < rgb.length; i++) {
    const at = Math.floor(i / 3) * 4;
    const light = 255 - inks[at + 3];
    const product = inks[at + (i % 3)] * light + 128;
    rgb[i] = light - (((product >> 8) + product) >> 8);
  }
  return rgb;
}`;

const nearest = `// Pillow's NEAREST: positions are summed, and the rounding of the sums decides.
function resize({ width, height, data }, toWidth, toHeight) {
  const positions = (from, to) => {
    let at = (from / to) * 0.5;
    return Array.from({ length: to }, () => {
      const position = Math.min(Math.trunc(at), from - 1);
      at += from / to;
      return position;
    });
  };
  const columns = positions(width, toWidth);
  const pixels = new Uint8Array(toWidth * toHeight * 3);
  positions(height, toHeight).forEach((row, y) => columns.forEach((column, x) => {
    const from = (row * width + column) * 3;
    pixels.set(data.subarray(from, from + 3), (y * toWidth + x) * 3);
  }));
  return pixels;
}`;

/** The filters of Pillow, and how far they reach. */
const bilinear = filtered('BILINEAR', 1, 'Math.max(1 - Math.abs(x), 0)');
const bicubic = filtered(
  'BICUBIC',
  2,
  '(x = Math.abs(x)) < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0',
);

function filtered(name: string, reach: number, weight: string): string {
  return `// Pillow's ${name}: weights in fixed point of 22 bits, and bytes in between.
const filter = (x) => ${weight};

function weights(from, to) {
  const scale = from / to;
  const stretched = Math.max(scale, 1);
  const support = ${reach} * stretched;
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(center - support + 0.5), 0);
    const end = Math.min(Math.trunc(center + support + 0.5), from);
    const raw = Array.from({ length: end - first }, (_, k) =>
      filter((k + first - center + 0.5) * (1 / stretched)));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    const fixed = raw.map((weight) => (sum === 0 ? weight : weight / sum) * 2 ** 22);
    return { first, weights: fixed.map((weight) => Math.trunc(weight + Math.sign(weight) * 0.5)) };
  });
}

function along(data, lines, from, to, step, line, toStep, toLine) {
  if (from === to) return data;
  const kernel = weights(from, to);
  const result = new Uint8ClampedArray(lines * to * 3);
  for (let l = 0; l < lines; l++) {
    kernel.forEach(({ first, weights }, i) => {
      for (let c = 0; c < 3; c++) {
        const sum = weights.reduce((total, weight, k) => total + weight * data[l * line + (first + k) * step + c], 2 ** 21);
        result[l * toLine + i * toStep + c] = sum >> 22;
      }
    });
  }
  return result;
}

function resize({ width, height, data }, toWidth, toHeight) {
  const columns = (pixels, rows) => along(pixels, rows, width, toWidth, 3, width * 3, 3, toWidth * 3);
  const rows = (pixels, wide) => along(pixels, wide, height, toHeight, wide * 3, 3, wide * 3, 3);
  return height > 100 * width && toHeight < height
    ? columns(rows(data, width), toHeight)
    : rows(columns(data, height), toWidth);
}`;
}

const resizing = { nearest, bilinear, bicubic };

/** Makes a square of an image. */
const fitted = {
  crop: fittedBy('min', 'The middle.'),
  pad: fittedBy('max', 'Black around it.'),
};

function fittedBy(limit: 'min' | 'max', words: string): string {
  return `// ${words}
function fitted({ width, height, data }) {
  const side = Math.${limit}(width, height);
  const [left, top] = [width, height].map((length) => Math.trunc((length - side) / 2));
  const result = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [row, column] = [Math.floor(i / side) + top, (i % side) + left];
    if (row < 0 || row >= height || column < 0 || column >= width) continue;
    const from = (row * width + column) * 3;
    result.set(data.subarray(from, from + 3), i * 3);
  }
  return { width: side, height: side, data: result };
}`;
}

/** For a file that takes so many images at a time: the first is looked at. */
function filled(batch: number): string {
  return `// The file takes ${batch} images at a time.
function filled(x) {
  const all = new Float32Array(${batch} * x.length);
  all.set(x);
  return all;
}`;
}

const viewOf = `// Rows and columns swapped (4), mirrored (1), upside down (2).
function viewOf(x, size, symmetry) {
  return x.map((_, i) => {
    const at = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    const [column, row] = at.map((place, axis) => (symmetry & (1 << axis) ? size - 1 - place : place));
    return x[3 * (symmetry & 4 ? column * size + row : row * size + column) + (i % 3)];
  });
}`;
