import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fuzzCases, prepareFuzz } from './support/fuzz-texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-fuzz-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** bench/fuzz-texts.ts reads 500 of each. */
const each = 40;

it('experiment files and tables that were changed at random are read or refused with one message that says where', async () => {
  await prepareFuzz(folder);
  const outcomes = { read: 0, refused: 0 };
  for (const { name, text, read } of fuzzCases(folder, each)) {
    const begun = performance.now();
    const outcome = await read().catch((error: unknown) => {
      throw new Error(`${name}: ${JSON.stringify(text.slice(0, 2000))}`, { cause: error });
    });
    outcomes[outcome]++;
    expect(performance.now() - begun, name).toBeLessThan(10_000);
  }
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(each / 5);
});
