import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the first TypeScript example of a README, in a folder of its own, and returns what it printed. */
async function runExample(lib: string, folder: string): Promise<unknown[][]> {
  const readme = await readFile(new URL(`../libs/${lib}/README.md`, import.meta.url), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  // Beside this file, where the packages are found.
  const file = new URL(`./.example-${lib}.ts`, import.meta.url);
  await writeFile(file, code);
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import(/* @vite-ignore */ file.href);
    return log.mock.calls;
  } finally {
    await rm(file);
  }
}

it("runs the search library's example", async () => {
  const [[parameters, value] = []] = await runExample('search', tmpdir());
  expect(parameters).toMatchObject({ layers: 1 });
  expect(value).toBeLessThan(1.5);
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
