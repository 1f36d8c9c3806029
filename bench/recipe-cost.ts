/**
 * What a recipe costs beside flips and rotation alone, by turns, each trial in a process of its own: CPU seconds (user and system, all
 * threads) of an epoch with mixup, erasing, RandAugment, averages, clipping and a schedule, validation included, without the first epoch
 * of a trial, which starts threads and sessions. And the memory that averages and accumulation add, in copies of the weights, for a head
 * so large that a copy of it shows: the most that arrays take after any step or epoch, garbage aside.
 *
 *   npx tsx bench/recipe-cost.ts [--scenario full_fine_tune] [--size 128] [--rounds 3]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '@thaw/base';
import { inOwnProcess } from './measure/in-own-process.ts';
import type { RecipeCost } from './measure/recipe-process.ts';

const { values: options } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'full_fine_tune' },
    size: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Array.from({ length: Number(options.rounds) }, (_, round) => round);
const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-recipe-cost-'));
const shown = (numbers: readonly number[]) => numbers.map((each) => each.toFixed(2)).join(', ');
const run = (settings: object, memory = false) =>
  inOwnProcess<RecipeCost>('recipe-process.ts', { settings, cacheDir, memory });
try {
  await compareEpochs();
  await compareMemory();
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
}

async function compareEpochs(): Promise<void> {
  const flips = { rotation_range: 20, horizontal_flip: true, vertical_flip: true };
  const all = { ...flips, rand_augment: {}, random_erasing: {}, mixup_alpha: 0.2 };
  const words = { use_ema: true, global_clipnorm: 1, learning_rate_schedule: 'cosine' };
  // Views that an earlier round has kept would cost nothing: each has a seed of its own.
  const epochOf = async (seed: number, augmentation: object, training: object) => {
    const { cpu } = await run({
      dataset: { train_sources_per_class: 6, test_sources_per_class: 1, images_per_source: 20 },
      model: { image_size: Number(options.size), weights: 'bundled', scenario: options.scenario },
      augmentation,
      training: { epochs: 3, early_stopping: false, seed, ...training },
    });
    return median(cpu.slice(1));
  };
  const [plain, whole]: [number[], number[]] = [[], []];
  for (const round of rounds) {
    process.stderr.write(`epochs, round ${round + 1}\n`);
    plain.push(await epochOf(round, flips, {}));
    whole.push(await epochOf(round, all, words));
  }
  const ratios = whole.map((cost, round) => cost / plain[round]!);
  console.log(`${options.scenario} at ${options.size} pixels, CPU seconds of an epoch`);
  console.log(`flips and rotation: ${shown(plain)}`);
  console.log(`all of it: ${shown(whole)}; ratios ${shown(ratios)}, median ${median(ratios).toFixed(2)}`);
}

async function compareMemory(): Promise<void> {
  const units = 4096;
  const weightBytes = 4 * (1280 * units + units * units);
  const kinds = {
    plain: {},
    use_ema: { use_ema: true },
    'gradient_accumulation_steps: 2': { gradient_accumulation_steps: 2 },
    both: { use_ema: true, gradient_accumulation_steps: 2 },
  };
  const copies: Record<string, number[]> = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  for (const round of rounds) {
    process.stderr.write(`memory, round ${round + 1}\n`);
    for (const [name, words] of Object.entries(kinds)) {
      const settings = {
        dataset: { train_sources_per_class: 3, test_sources_per_class: 1, images_per_source: 10 },
        model: { image_size: 32, alpha: 0.35, weights: 'random', head_units: [units, units] },
        training: { epochs: 3, batch_size: 12, early_stopping: false, ...words },
      };
      copies[name]!.push((await run(settings, true)).memoryBytes / weightBytes);
    }
  }
  console.log(`memory in copies of the weights, of ${(weightBytes / 1e6).toFixed(0)} MB`);
  for (const [name, peaks] of Object.entries(copies)) {
    const more = peaks.map((each, round) => each - copies['plain']![round]!);
    console.log(`${name}: ${shown(peaks)}; more than plain: median ${median(more).toFixed(2)}`);
  }
}
