import { Random } from '@thaw/base';
import { expect, test } from 'vitest';
import { chooseLayout, portableLayout } from '../src/engines/onnx/layouts/choose-layout.ts';
import { createSession, fromOrt, runSession, toOrt } from '../src/engines/onnx/session.ts';
import { buildTrainingGraph, names } from '../src/engines/onnx/training-graph.ts';
import { manySided, randomBatch, uniform } from './networks.ts';

test.each([
  ["this machine's layout", chooseLayout],
  ['the portable layout', () => Promise.resolve(portableLayout)],
])('gradients are the same bits where images are computed again for them, in %s', async (_, layoutOf) => {
  const [batch, layout] = [4, await layoutOf()];
  const trainable = new Set(manySided.layers.map(({ name }) => name));
  const step = async (againFrom: number) => {
    const graph = buildTrainingGraph(manySided, { batch, layout, trainable, gathers: false, againFrom });
    const session = await createSession(graph.bytes, { sharedCores: true, threads: 1 });
    const random = new Random('again', 1);
    const { inputs, labels } = randomBatch(manySided, batch, random);
    const outputs = await runSession(session, {
      [manySided.input.name]: toOrt(inputs),
      [names.labels]: toOrt(labels),
      [names.shares]: toOrt(uniform(random, [batch, 1], 0.2, 0.3)),
      ...Object.fromEntries(
        graph.weights.map(({ key, graphShape }) => [key, toOrt(uniform(random, graphShape, 0.1, 0.5))]),
      ),
    });
    const values = Object.entries(outputs).map(([name, value]) => [name, fromOrt(value)] as const);
    await session.release();
    return { bytes: graph.bytes.length, values };
  };
  const [again, kept] = [await step(0), await step(Infinity)];
  expect(again.bytes).toBeGreaterThan(kept.bytes);
  expect(again.values).toEqual(kept.values);
});
