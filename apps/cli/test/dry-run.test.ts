import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSweep } from '../src/sweep/run-sweep.ts';

let folder: string;
let shown: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-dry-'));
  shown = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((shown += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function dryRun(experiment: string, maxTrials: number | null = null): Promise<number> {
  const file = join(folder, 'e.yaml');
  writeFileSync(file, experiment);
  return runSweep({
    ...{ from: { file }, workers: 2, engine: 'auto', device: null, set: [], maxTrials, maxTime: null },
    ...{ retry: 0, runsDir: join(folder, 'r'), queue: null, trackerHost: '', trackerPort: 0 },
    ...{ output: join(folder, 'plan.json'), leakageCheck: false, dataChanged: 'refuse', dryRun: true },
    ...{ notify: null, debug: false },
  });
}

describe('sweep --dry-run', () => {
  it('says what a sweep over a program of the user would run, and runs nothing', async () => {
    writeFileSync(join(folder, 'train.mjs'), 'process.exit(1)');
    const program = `program: ${join(folder, 'train.mjs')}\nname: mine\nmethod: random\nmetric: {name: score, goal: maximize}\nparameters: {lr: {min: 0.1, max: 0.2}}\n`;
    expect(await dryRun(program, 3)).toBe(0);
    expect(shown).toMatch(
      /^mine would start: 3 trials, random over lr\.\nProgram: .*train\.mjs, 2 trials at once\. How long a trial takes is up to it\.\nNothing was run or recorded\.\n$/,
    );
    expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual({
      ...{ name: 'mine', method: 'random', engine: 'program', workers: 2, trials: 3, seconds: null },
    });
    shown = '';
    expect(await dryRun(program)).toBe(0);
    expect(shown).toMatch(
      /^mine would start: trials until Ctrl-C, as nothing \(run_cap, --max-trials\) says/,
    );
    expect(existsSync(join(folder, 'r'))).toBe(false);
  });

  it('fails as the sweep would where the images or the memory are missing', async () => {
    await expect(dryRun(`dataset: {path: ${join(folder, 'none')}}`)).rejects.toThrow(/does not exist/);
    const huge = `dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 5}\nmodel: {weights: random, scenario: from_scratch, image_size: 1024}\ntraining: {batch_size: 4096}\n`;
    await expect(dryRun(huge)).rejects.toThrow(/needs about .* of memory and .* are free/);
    expect(existsSync(join(folder, 'plan.json'))).toBe(false);
  });
});
