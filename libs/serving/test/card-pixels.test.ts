import { readFileSync } from 'node:fs';
import { sha256 } from '@thaw/base';
import { decodeUntrusted, resizeImage } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { describe, expect, test } from 'vitest';
import { inputOf } from '../src/artifact/preprocessing.ts';
import { pythonCode } from '../src/card/python-code.ts';
import { preprocessingOf } from '../src/index.ts';

const read = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const programs = [
  { name: 'nearest', interpolation: 'nearest', depth: null },
  { name: 'bilinear', interpolation: 'bilinear', depth: null },
  { name: 'bilinear-range', interpolation: 'bilinear', depth: { low: 100, high: 4095 } },
  { name: 'bicubic-crop', interpolation: 'bicubic', resize: 'crop', depth: null },
  { name: 'bilinear-pad', interpolation: 'bilinear', resize: 'pad', depth: null },
] as const;
const { cases } = JSON.parse(read('card-pixels.json')) as {
  cases: ({ kind: string; file: string } & Record<(typeof programs)[number]['name'], string>)[];
};

describe.each(programs)('the Python of a model card, $name', ({ name, depth, ...reading }) => {
  const settings = settingsSchema.parse({
    dataset: { path: '.', ...reading },
    model: { alpha: 0.35, image_size: 96, weights: 'random' },
  });
  const preprocessing = preprocessingOf(
    settings,
    { input: { name: 'input_layer', shape: [96, 96, 3] }, layers: [] },
    depth,
  );

  test('is the program that made the golden file', () => {
    expect(`${pythonCode(preprocessing)}\n`).toBe(read(`card-${name}.py`));
  });

  test.each(cases)('makes of a $kind what Thaw makes of it', async ({ file, ...digests }) => {
    const image = await decodeUntrusted(
      Buffer.from(file, 'base64'),
      { bytes: 1e6, pixels: 1e6 },
      preprocessing.depth,
    );
    const { data } = resizeImage(image, { width: 96, height: 96 }, reading);
    const input = inputOf([data], preprocessing);
    expect(sha256(Buffer.from(input.data.buffer)).slice(0, 16)).toBe(digests[name]);
  });
});
