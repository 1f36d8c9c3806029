import { WasmMemory } from '@thaw/base';
import { expect, test } from 'vitest';
import type { UpdateOptions } from '../src/update-options.ts';
import { clipGradients } from '../src/updates/clip-gradients.ts';
import { Vectors } from '../src/updates/vectors.ts';

const infinity = Number.POSITIVE_INFINITY;

/** Two gradients of norms 5 and 12, together 13. As Keras 3.15 clips them. */
test.each<[name: string, options: UpdateOptions, given: number[][], clipped: number[][]]>([
  ['nothing', {}, [[3, -4], [12]], [[3, -4], [12]]],
  ['nothing by 0', { clipnorm: 0, globalClipnorm: 0, clipvalue: 0 }, [[3, -4], [12]], [[3, -4], [12]]],
  ['each by its norm', { clipnorm: 10 }, [[3, -4], [12]], [[3, -4], [10]]],
  ['each by its own norm, smaller', { clipnorm: 1 }, [[3, -4], [12]], [[0.6, -0.8], [1]]],
  ['all by their norm', { globalClipnorm: 1.3 }, [[3, -4], [12]], [[0.3, -0.4], [1.2]]],
  ['all within their norm', { globalClipnorm: 13 }, [[3, -4], [12]], [[3, -4], [12]]],
  ['values', { clipvalue: 3.5 }, [[3, -4], [12]], [[3, -3.5], [3.5]]],
  ['values, an infinity', { clipvalue: 1 }, [[infinity, -infinity, 0.5]], [[1, -1, 0.5]]],
  ['an infinity by its norm', { clipnorm: 1 }, [[infinity, 2], [3]], [[NaN, 0], [1]]],
  ['an infinity by the norm of all', { globalClipnorm: 1 }, [[infinity, 2], [3]], [[NaN, NaN], [NaN]]],
])('clips %s', (_, options, given, clipped) => {
  const memory = new WasmMemory(1024);
  const gradients = given.map((each) => {
    const gradient = memory.float32(each.length);
    gradient.set(each);
    return gradient;
  });
  clipGradients(new Vectors(memory), gradients, options);
  gradients.forEach((gradient, i) => {
    gradient.forEach((value, j) => {
      const expected = clipped[i]![j]!;
      if (Number.isNaN(expected)) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(expected, 6);
    });
  });
});
