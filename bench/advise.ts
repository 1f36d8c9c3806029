import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { childrensProcessorSeconds } from './measure/processor-seconds.ts';

/**
 * Whether `advise --budget` names the scenario that wins a sweep over all four, or one whose test accuracy does not differ from it
 * significantly: on drawn smears, and on parts of a folder of images if one is given.
 */
const { folder, budget, shared, images, only } = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/advise.ts')
  .option('folder', { type: 'string', demandOption: true, describe: 'Where smears and runs are kept' })
  .option('budget', { type: 'number', default: 120, describe: 'Of each advice, in seconds' })
  .option('shared', {
    type: 'boolean',
    default: false,
    describe:
      'Allows for other work on the machine: more time, as far as the sweep before got less of the processors',
  })
  .option('images', { type: 'string', describe: 'A data set in TRAIN and TEST, too' })
  .option('only', { type: 'string', default: '', describe: 'Sets whose names hold this' })
  .strict()
  .parse();

interface Made {
  readonly name: string;
  readonly path: string;
  readonly limit: number | null;
  readonly set: readonly string[];
}

const small = ['model.image_size=64', 'training.batch_size=16'];

async function sets(): Promise<Made[]> {
  const smears = [
    { train_sources_per_class: 6, images_per_source: 10, seed: 7, rate: 0.0003 },
    { train_sources_per_class: 25, images_per_source: 2, seed: 8, rate: 0.001 },
    { train_sources_per_class: 12, images_per_source: 4, seed: 9, rate: 0.0003 },
    { train_sources_per_class: 60, images_per_source: 2, seed: 10, rate: 0.001 },
  ];
  const made: Made[] = [];
  for (const { rate, ...smear } of smears) {
    const given = { ...smear, test_sources_per_class: 12 };
    const { dataset } = settingsSchema.parse({ dataset: given });
    const path = await synthesizeSmear(dataset as SyntheticDataset, folder);
    const name = `${smear.train_sources_per_class} x ${smear.images_per_source} smears`;
    made.push({ name, path, limit: null, set: [...small, `training.learning_rate=${rate}`] });
  }
  if (images === undefined) return made;
  for (const [limit, rate] of [
    [60, 0.0003],
    [60, 0.001],
    [200, 0.0003],
    [200, 0.001],
  ] as const) {
    const set = [...small, `training.learning_rate=${rate}`];
    made.push({ name: `${limit} images of a class, rate ${rate}`, path: images, limit, set });
  }
  return made;
}

function thaw(...args: string[]): void {
  const { status, stderr } = spawnSync('node', ['--import', 'tsx', 'apps/cli/src/main.ts', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
}

async function document<T>(...args: string[]): Promise<T> {
  const output = join(folder, 'document.json');
  thaw(...args, '--output', output);
  return JSON.parse(await readFile(output, 'utf8')) as T;
}

async function trial({ name, path, limit, set }: Made): Promise<void> {
  const runsDir = join(folder, 'runs');
  const config = join(folder, 'sweep.yaml');
  const dataset = { path, ...(limit === null ? {} : { limit_per_class: limit }) };
  const common = { batch_norm_momentum: 0.9, weights: 'bundled' };
  await writeFile(
    config,
    JSON.stringify({
      dataset,
      split: { strategy: 'grouped', groups: 'detect' },
      model: common,
      training: { epochs: 30 },
      parameters: {
        'model.scenario': {
          values: ['feature_extraction', 'partial_unfreeze', 'from_scratch', 'full_fine_tune'],
        },
      },
    }),
  );
  const sets = set.flatMap((each) => ['--set', each]);
  const [begun, before] = [performance.now(), childrensProcessorSeconds()];
  const sweep = await document<{
    trials: { run: string; parameters: Record<string, string>; summary: { test_accuracy: number } }[];
  }>('sweep', '--config', config, '--runs-dir', runsDir, ...sets);
  const used = (childrensProcessorSeconds() ?? 0) - (before ?? 0);
  const had = ((performance.now() - begun) / 1000) * availableParallelism();
  const allowed = shared && used > 0 ? Math.round((budget * had) / used) : budget;
  const trials = sweep.trials.map(({ run, parameters, summary }) => {
    return { run, scenario: parameters['model.scenario']!, test: summary.test_accuracy };
  });
  const best = [...trials].sort((a, b) => b.test - a.test)[0]!;
  const advised = await document<{
    scenario: string;
    scenario_by_rule: string;
    evidence: string;
    seconds: number;
    trials: { images: number; best_in: number };
  }>(
    ...['advise', '--data', path, '--budget', `${allowed}s`, '--runs-dir', runsDir, '--weights', 'bundled'],
    ...(limit === null ? [] : ['--set', `dataset.limit_per_class=${limit}`]),
    ...['--image-size', '64', ...sets.filter((_, i) => i > 1)],
  );
  const verdict = async (scenario: string) => {
    const named = trials.find((each) => each.scenario === scenario)!;
    if (named === best) return 'best';
    const compared = await document<{ comparisons: { part: string; p: number }[] }>(
      ...['runs', 'compare', named.run, best.run, '--runs-dir', runsDir],
    );
    const { p } = compared.comparisons.find(({ part }) => part === 'test')!;
    return p < 0.05 ? `worse (p ${p.toFixed(3)})` : `not significantly worse (p ${p.toFixed(2)})`;
  };
  const tests = trials.map(({ test }) => test.toFixed(3)).join(' ');
  const { scenario, scenario_by_rule: rule, evidence, seconds, trials: seen } = advised;
  console.log(
    [
      name,
      tests,
      `${scenario} (${evidence}, ${seen.best_in?.toFixed(2)}, ${seen.images} images, ${seconds.toFixed(0)} of ${allowed} s): ${await verdict(scenario)}`,
      `rule ${rule}: ${await verdict(rule)}`,
    ].join('; '),
  );
}

await mkdir(folder, { recursive: true });
for (const made of await sets()) if (made.name.includes(only)) await trial(made);
