import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { writeMeans } from '@thaw/compute/testing';
import { settingsSchema, type Settings } from '@thaw/experiment';
import { expect, inject, it } from 'vitest';
import type { Pace } from '../src/estimate/measure-pace.ts';
import { scaledPace } from '../src/estimate/scale-pace.ts';

const file = join(mkdtempSync(join(inject('runFolder'), 'scale-pace-')), 'net.onnx');
writeMeans(file, { side: 224, metadata: { mean: '[0, 0, 0]', std: '[1, 1, 1]' } });

const settingsOf = (backbone: string, augmentation: unknown = false): Settings =>
  settingsSchema.parse({ model: { backbone }, augmentation });
const mixing = { mixup_alpha: 0.2 };

// Of the same trials: 0.25 s an image in the ONNX file, and 0.125 s in the head.
const pace: Pace = { begin: 2, featuresOfImage: 0.25, viewOfImage: 0, epoch: 0.5, stepOfImage: 0.125 };
const views: Pace = { ...pace, viewOfImage: 0.25 };
const mixed: Pace = { ...pace, stepOfImage: 0.375 };

it('takes an ONNX file, whose multiply-adds nobody knows, and a known backbone each as the other was measured', () => {
  const onnx = { settings: settingsOf(file), pace };
  const known = { settings: settingsOf('mobilenet_v2'), pace };
  expect(scaledPace(known.settings, [onnx])).toEqual(pace);
  expect(scaledPace(onnx.settings, [known])).toEqual(pace);
  // What can be scaled comes first, however unlike.
  const unlike = { settings: settingsOf('mobilenet_v2', true), pace: { ...views, begin: 3 } };
  expect(scaledPace(known.settings, [onnx, unlike]).begin).toBe(3);
});

it.each([
  [false, true, pace, views],
  [false, mixing, pace, mixed],
  [true, false, views, pace],
  [true, mixing, views, mixed],
  [mixing, true, mixed, views],
])(
  'takes augmentation of an ONNX file by the same file with another: %j for %j',
  (from, to, measured, expected) => {
    const settings = settingsOf(file, to);
    const alike = { settings: settingsOf('mobilenet_v2', to), pace: { ...expected, begin: 3 } };
    expect(scaledPace(settings, [alike, { settings: settingsOf(file, from), pace: measured }])).toEqual(
      expected,
    );
  },
);

it('takes frozen layers of mixed images, which are in each step, once', () => {
  const measured = { settings: settingsOf('mobilenet_v2', mixing), pace: mixed };
  const { viewOfImage, stepOfImage } = scaledPace(settingsOf('mobilenet_v2', true), [measured]);
  expect(viewOfImage + stepOfImage).toBeCloseTo(mixed.stepOfImage);
});
