/**
 * What a recipe costs beside flips and rotation alone, by turns, each trial in a process of its own: CPU seconds (user and system, all
 * threads) of an epoch with everything on, and the memory that mixing, averages and accumulation add, in copies of the weights or batches.
 * The first epoch of a trial, which also starts threads and sessions, does not count.
 *
 *   npx tsx bench/recipe-cost.ts [--scenario full_fine_tune] [--size 128] [--batch 32] [--rounds 3]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '@thaw/base';
import { sizeOf } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, weightShapes } from '@thaw/model';
import { inOwnProcess } from './measure/in-own-process.ts';
import type { RecipeCost } from './measure/recipe-process.ts';

const { values: options } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'full_fine_tune' },
    size: { type: 'string', default: '128' },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '3' },
  },
});
const [size, batch] = [Number(options.size), Number(options.batch)];

const flips = { rotation_range: 20, horizontal_flip: true, vertical_flip: true };
const recipes = {
  flips: { augmentation: flips },
  all: {
    augmentation: { ...flips, rand_augment: {}, random_erasing: {}, mixup_alpha: 0.2 },
    training: { use_ema: true, global_clipnorm: 1, learning_rate_schedule: 'cosine' },
  },
  mixup: { augmentation: { ...flips, mixup_alpha: 0.2 } },
  ema: { augmentation: flips, training: { use_ema: true } },
  accumulation: { augmentation: flips, training: { gradient_accumulation_steps: 2 } },
} satisfies Record<string, { augmentation: object; training?: object }>;
type Recipe = keyof typeof recipes;

function settingsOf({ augmentation, training }: { augmentation: object; training?: object }) {
  return {
    dataset: { train_sources_per_class: 6, test_sources_per_class: 1, images_per_source: 20 },
    model: { image_size: size, weights: 'bundled', scenario: options.scenario },
    augmentation,
    training: { epochs: 3, batch_size: batch, early_stopping: false, ...training },
  };
}

const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-recipe-cost-'));
const costs = Object.fromEntries(Object.keys(recipes).map((name) => [name, []])) as unknown as Record<
  Recipe,
  RecipeCost[]
>;
try {
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [name, recipe] of Object.entries(recipes)) {
      process.stderr.write(`round ${round + 1}: ${name}\n`);
      const each = { settings: settingsOf(recipe), cacheDir };
      costs[name as Recipe].push(await inOwnProcess<RecipeCost>('recipe-process.ts', each));
    }
  }
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
}

/** Of the epochs behind the first. */
const cpuOf = ({ epochs }: RecipeCost) => median(epochs.slice(1).map(({ cpu }) => cpu));
const plain = costs.flips.map(cpuOf);
const shown = (numbers: readonly number[], digits = 2) =>
  numbers.map((each) => each.toFixed(digits)).join(', ');
console.log(
  `${options.scenario}, ${size} pixels, batches of ${batch}; an epoch of flips and rotation: ${shown(plain)} CPU s`,
);
for (const [name, each] of Object.entries(costs)) {
  const ratios = each.map((cost, round) => cpuOf(cost) / plain[round]!);
  console.log(`${name}: ${shown(ratios)} of it; median ${median(ratios).toFixed(2)}`);
}

const { model } = settingsSchema.parse(settingsOf(recipes.flips));
const weights = [...weightShapes(buildModel(model, 4).network).values()].reduce(
  (sum, shape) => sum + sizeOf(shape),
  0,
);
const units = { weights: 4 * weights, batch: 4 * batch * size * size * 3 };
const peak = (name: Recipe) => median(costs[name].map(({ peakMemoryBytes }) => peakMemoryBytes));
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
console.log(
  `peak memory: ${megabytes(peak('flips'))}; the weights are ${megabytes(units.weights)}, a batch ${megabytes(units.batch)}`,
);
for (const [name, unit] of [
  ['mixup', 'batch'],
  ['ema', 'weights'],
  ['accumulation', 'weights'],
] as const) {
  const more = peak(name) - peak('flips');
  console.log(`${name}: ${megabytes(more)} more, ${(more / units[unit]).toFixed(1)} times the ${unit}`);
}
