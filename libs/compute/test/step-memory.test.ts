import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programArguments } from '@thaw/base/testing';
import { describe, expect, test } from 'vitest';
import { portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { estimateStepMemory } from '../src/engines/onnx/step-memory.ts';
import type { Network } from '../src/network.ts';
import { conv, head, norm, relu } from './networks.ts';

const run = promisify(execFile);

describe('the memory of a training step', () => {
  const network: Network = {
    input: { name: 'image', shape: [10, 10, 3] },
    layers: [
      conv('first', 'image', 8, { kernelSize: 3 }),
      norm('norm', 'first'),
      conv('second', 'norm', 4),
      ...head('second'),
    ],
  };
  const estimate = (batch: number, ...trainable: string[]) =>
    estimateStepMemory(network, { batch, trainable: new Set(trainable), layout: portableLayout });
  // Floats of an image of 8 channels, and of one of 4.
  const [wide, narrow] = [10 * 10 * 8, 10 * 10 * 4];

  test.each([
    // Kept: what normalises and its result (2 wide), the second convolution's (narrow); in hand at its input: 4 wide.
    [['first', 'norm', 'second'], 2 * wide + narrow + 4 * wide],
    // Fixed statistics are folded into the convolution: nothing to normalise is kept.
    [['first', 'second'], wide + narrow + 4 * wide],
    [['second'], narrow + 4 * wide],
    [['predictions'], 4 * wide],
  ])('is counted by hand where %j train', (trainable, floats) => {
    expect(estimate(1, ...trainable)).toBe(floats * 4 * 1.45);
    expect(estimate(7, ...trainable)).toBe(7 * floats * 4 * 1.45);
  });

  test('keeps the input of a pointwise expansion in the place of what is normalised', () => {
    const layers = network.layers.map((layer) =>
      layer.name === 'first' ? conv('first', 'image', 8) : layer,
    );
    const options = { batch: 1, trainable: new Set(['first', 'norm', 'second']), layout: portableLayout };
    const input = 10 * 10 * 3;
    expect(estimateStepMemory({ ...network, layers }, options)).toBe(
      (wide + input + narrow + 4 * wide) * 4 * 1.45,
    );
  });

  test('keeps no result of a large expansion of few channels, which is computed again', () => {
    const [, , second, ...rest] = network.layers;
    const layers = [
      conv('first', 'image', 8),
      norm('norm', 'first'),
      relu('relu', 'norm'),
      { ...second!, inputs: ['relu'] },
      ...rest,
    ];
    const options = { batch: 1, trainable: new Set(['first', 'norm', 'second']), layout: portableLayout };
    const large = { input: { name: 'image', shape: [224, 224, 3] }, layers };
    const kept = 3 + 4 + 4 * 8;
    expect(estimateStepMemory(large, options)).toBe(224 * 224 * kept * 4 * 1.45);
  });

  test.skipIf(process.platform !== 'linux').each(['blocked', 'portable'])(
    'is what the process takes, to within a third: %s layout',
    { timeout: 300_000 },
    async (layout) => {
      const script = fileURLToPath(new URL('support/measure-step-memory.ts', import.meta.url));
      const { stdout } = await run(process.execPath, [...programArguments(script), '16', layout]);
      const { estimated, measured } = JSON.parse(stdout) as { estimated: number; measured: number };
      expect(estimated).toBeGreaterThan(200 * 2 ** 20);
      expect(measured / estimated).toBeGreaterThan(2 / 3);
      expect(measured / estimated).toBeLessThan(4 / 3);
    },
  );
});
