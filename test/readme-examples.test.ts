import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { runExample } from './support/run-example.ts';

/** The same in a folder of its own, which `look` sees before it is gone. */
async function runApart(lib: string, look?: (folder: string) => Promise<void>): Promise<unknown[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-example-'));
  try {
    const printed = await runExample(lib, folder);
    await look?.(folder);
    return printed;
  } finally {
    await rm(folder, { recursive: true });
  }
}

it("runs the search library's example", async () => {
  const [[parameters, value] = []] = await runExample('search', tmpdir());
  expect(parameters).toMatchObject({ layers: 1 });
  expect(value).toBeLessThan(1.5);
});

it("runs the search library's example of a sampler of one's own", async () => {
  expect(await runExample('search', tmpdir(), 1)).toEqual([[{ rate: 0.125 }]]);
});

it("runs the tracking library's example, which leaves a run among the others", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-example-'));
  try {
    await runExample('tracking', folder);
    const store = openStore(join(folder, 'runs'));
    const { runs } = await store.runs();
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ state: 'finished', summary: { epochs: 10, f1: 0.8 } });
    expect(runs[0]!.summary!.gap).toBeCloseTo(0.2, 12);
    const epochs = await store.metrics('latest');
    expect(epochs[9]).toMatchObject({ epoch: 10, loss: 0.1, f1: 0.8 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

const rows = (...right: boolean[]) =>
  right.map((isRight, i) =>
    JSON.stringify({ label: 1, probabilities: isRight ? [0.2, 0.8] : [0.8, 0.2], group: `g${i >> 1}` }),
  );

it("runs the metrics library's example on two files of predictions", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-example-'));
  try {
    await writeFile(join(folder, 'validation.jsonl'), rows(true, true, true, true, true, false).join('\n'));
    await writeFile(join(folder, 'test.jsonl'), `${rows(true, true, false, false).join('\n')}\n`);
    const [[gap, interval, recall] = []] = await runExample('metrics', folder);
    expect(gap).toBeCloseTo(5 / 6 - 1 / 2, 12);
    expect(recall).toBeCloseTo(5 / 6 - 1 / 2, 12);
    expect(interval).toEqual([expect.any(Number), expect.any(Number)]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("runs the analysis library's example on the last two runs of a store", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-example-'));
  try {
    await cp(join(import.meta.dirname, 'fixtures/store-of-november-2026'), join(folder, 'runs'), {
      recursive: true,
    });
    const printed = await runExample('analysis', folder);
    expect(printed.map(([part]) => part)).toEqual(['test', 'validation']);
    for (const [, difference, , verdict] of printed) {
      expect(difference).toEqual(expect.any(Number));
      expect(verdict).toEqual(expect.any(String));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("runs the base library's example, which writes what it prints", async () => {
  let written: unknown;
  const printed = await runApart('base', async (folder) => {
    written = JSON.parse(await readFile(join(folder, 'order.json'), 'utf8'));
  });
  expect(printed).toEqual([[written]]);
  expect([...(written as string[])].sort()).toEqual(['a', 'b', 'c', 'd']);
});

it("runs the experiment library's example, which names the key that was meant", async () => {
  expect(await runApart('experiment')).toEqual([
    [5, ['model.head_units']],
    [expect.stringMatching(/^heads\.yaml:3: training\.epoch: .*did you mean epochs\?/)],
  ]);
});

it("runs the compute library's example, which learns", async () => {
  const [[probabilities] = []] = (await runApart('compute')) as [[number[]]];
  expect(probabilities![0]).toBeGreaterThan(0.9);
  expect(probabilities![3]).toBeGreaterThan(0.9);
});

it("runs the data library's example, in which every validation image has a twin", async () => {
  expect(await runApart('data')).toEqual([[8, 'of', 8]]);
});

it("runs the model library's example", async () => {
  const [[layers, trainable, shape] = []] = await runApart('model');
  expect(layers).toBeGreaterThan(150);
  expect((trainable as string[])[0]).toMatch(/^block_16_/);
  expect(shape).toEqual([4]);
});

it("runs the training library's example, two epochs and what they come to", async () => {
  const printed = await runApart('training');
  expect(printed.map(([first]) => first)).toEqual([1, 2, expect.any(Number)]);
  expect(printed.flat().every((value) => Number.isFinite(value))).toBe(true);
});

it("runs the sweep library's example: one of two splits leaks", async () => {
  expect(await runApart('sweep')).toEqual([
    [{ 'split.strategy': 'keras' }, 1],
    [{ 'split.strategy': 'grouped' }, 0],
  ]);
});
