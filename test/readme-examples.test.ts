import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a TypeScript example of a README, with a folder for its working directory, and returns what it printed. */
async function runExample(lib: string, folder: string, which = 0): Promise<unknown[][]> {
  const readme = await readFile(new URL(`../libs/${lib}/README.md`, import.meta.url), 'utf8');
  const code = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)][which]![1]!;
  // Beside this file, where the packages are found.
  const file = new URL(`./.example-${lib}-${which}.ts`, import.meta.url);
  await writeFile(file, code);
  const before = process.cwd();
  process.chdir(folder);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import(/* @vite-ignore */ file.href);
    return log.mock.calls;
  } finally {
    process.chdir(before);
    await rm(file);
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
