import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promote, silent } from '@thaw/analysis';
import { accuracySentence } from '@thaw/analysis/recorded';
import { percentInterval } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOneComparison, expectOneResult } from './support/expect-one-answer.ts';
import { startProgram } from './support/program.ts';
import { Surfaces } from './support/surfaces.ts';

const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 5, test_sources_per_class: 3, images_per_source: 4}
model: {alpha: 1.0, image_size: 64, weights: bundled, head_units: 16}
training: {learning_rate: 0.003, batch_size: 16}
parameters:
  training.epochs: {values: [1, 6, 20]}
`;
let folder: string;
let runsDir: string;
let surfaces: Surfaces;
let runs: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-one-answer-'));
  runsDir = join(folder, 'runs');
  writeFileSync(join(folder, 'tiny.yaml'), experiment);
  const sweep = startProgram('sweep', '--config', join(folder, 'tiny.yaml'), '--runs-dir', runsDir);
  expect(await sweep.ended, sweep.output.stderr).toBe(0);
  surfaces = new Surfaces(runsDir);
  runs = (await openStore(runsDir).sweep('latest')).trials.map(({ run }) => run!);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a sweep of which nobody has asked for the gap', () => {
  it('has the same difference, interval, p and verdict for each pair of runs wherever it is asked for', async () => {
    expect(await expectOneComparison(surfaces, runs)).toBe(3);
    const { grouping, groups } = await surfaces.comparison(runs);
    expect([grouping.origin, groups]).toEqual(['named', 12]);
  });

  it('has the same intervals for each run in `runs show`, the API and the pages', async () => {
    await expectOneResult(surfaces, runs);
  });

  it('has them in the words of a promotion and in the model card, too', async () => {
    for (const run of runs) {
      const options = { run, sweep: null, name: 'cells', alias: null, runsDir, listener: silent };
      const { notes, path } = await promote(options);
      const results = await surfaces.results(run);
      expect(notes).toContain(accuracySentence(results, results.grouping));
      const card = readFileSync(join(path, 'README.md'), 'utf8');
      const { validation, test } = results.overall;
      for (const { ci95 } of [validation, test]) expect(card).toContain(percentInterval(ci95));
      for (const { validation, test } of results.per_class) {
        for (const { recall_ci95, f1_ci95 } of [validation, test]) {
          expect(card).toContain(`(${percentInterval(recall_ci95)})`);
          expect(card).toContain(`(${percentInterval(f1_ci95)})`);
        }
      }
    }
  });
});
