import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError, writeFileAtomic } from '@thaw/base';
import { createEngine } from '@thaw/compute';
import { loadDataset, type Dataset } from '@thaw/data';
import { loadExperiment, type Settings } from '@thaw/experiment';
import { runTrial } from '@thaw/training';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

const options = await yargs(hideBin(process.argv))
  .scriptName('node --import tsx bench/grouped-split.ts')
  .usage(
    '$0\n\nHow far validation lies from test when copies of a photograph stay on one side, and when they do not: the same network, five seeds, on the Kaggle set',
  )
  .option('grouped', { type: 'string', default: 'experiments/blood-cells-grouped.yaml', requiresArg: true })
  .option('keras', { type: 'string', default: 'experiments/blood-cells.yaml', requiresArg: true })
  .option('map', {
    type: 'string',
    default: '../shared/data/blood-cells/source-map-train-eosinophil-lymphocyte.csv',
    requiresArg: true,
    describe: 'The known photograph (second column) of some files (first column)',
  })
  .option('seeds', { type: 'string', default: '42,1,2,3,4', requiresArg: true })
  .option('runs-dir', { type: 'string', default: 'runs', requiresArg: true })
  .option('output', { type: 'string', default: 'runs/grouped-split.json', requiresArg: true })
  .strict()
  .parse();

const seeds = options.seeds.split(',').map(Number);
if (!seeds.every(Number.isInteger)) throw new UserError(`--seeds: ${options.seeds}: whole numbers, 42,1,2`);
const cacheDir = join(options['runs-dir'], 'cache');

interface Row {
  readonly seed: number;
  readonly validation: number;
  readonly test: number;
}

/** Copies of known photographs on both sides, and how far each class's fraction lies from the wanted one, in groups. */
function checkSplit(dataset: Dataset, fraction: number, sources: ReadonlyMap<string, string>) {
  const known = (images: Dataset['train']) => new Set(images.flatMap(({ name }) => sources.get(name) ?? []));
  const inTraining = known(dataset.train);
  const torn = [...known(dataset.validation)].filter((source) => inTraining.has(source));
  const off = dataset.classes.map((name, label) => {
    const all = [...dataset.train, ...dataset.validation].filter((image) => image.label === label);
    const held = dataset.validation.filter((image) => image.label === label);
    const sizes = new Map<string, number>();
    for (const { group } of all) sizes.set(group!, (sizes.get(group!) ?? 0) + 1);
    const groups = new Set(held.map(({ group }) => group)).size;
    return {
      class: name,
      images: all.length,
      groups: sizes.size,
      validation_images: held.length,
      validation_groups: groups,
      // At most 1 is within one group of the target.
      off_in_groups: Math.abs(held.length - fraction * all.length) / Math.max(...sizes.values()),
    };
  });
  return { torn, classes: off };
}

async function readMap(): Promise<Map<string, string>> {
  const text = await readFile(options.map, 'utf8').catch(() => '');
  const rows = text.trim().split('\n').slice(1);
  return new Map(rows.map((row) => row.split(',').slice(0, 2) as [string, string]));
}

async function train(settings: Settings, seed: number): Promise<Row> {
  const { summary } = await runTrial(settings, {
    engine: createEngine('onnx'),
    cacheDir,
    observer: {
      phase: (name, done, total) => {
        if (done % 2000 === 0) process.stderr.write(`seed ${seed}: ${name} ${done}/${total}\n`);
      },
      epoch: () => undefined,
      batch: () => undefined,
    },
  });
  return { seed, validation: summary.val_accuracy, test: summary.test_accuracy };
}

/** Student's t, two-sided 95 %, for 1 to 9 degrees of freedom; 2 beyond. */
const t95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Mean and 95 % interval over seeds. */
function meanOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = (t95[values.length - 2] ?? 2) * Math.sqrt(variance / values.length);
  return { mean, ci95: [mean - half, mean + half] as const };
}

const sources = await readMap();
const results: Record<string, unknown> = {};
for (const kind of ['grouped', 'keras'] as const) {
  const { settings } = await loadExperiment(resolve(options[kind]), {});
  const rows: Row[] = [];
  const checks: unknown[] = [];
  for (const seed of seeds) {
    const seeded = {
      ...settings,
      split: { ...settings.split, seed },
      training: { ...settings.training, seed },
    };
    if (kind === 'grouped') {
      const dataset = await loadDataset(seeded, {
        cacheDir,
        onDetect: (phase, done, total) => {
          if (done % 1000 === 0) process.stderr.write(`${phase} ${done}/${total}\n`);
        },
      });
      checks.push({ seed, ...checkSplit(dataset, seeded.split.validation, sources) });
    }
    rows.push(await train(seeded, seed));
    const { validation, test } = rows.at(-1)!;
    process.stdout.write(
      `${kind}, seed ${seed}: validation ${validation.toFixed(4)}, test ${test.toFixed(4)}, difference ${(validation - test).toFixed(4)}\n`,
    );
  }
  const difference = meanOf(rows.map(({ validation, test }) => validation - test));
  const size = meanOf(rows.map(({ validation, test }) => Math.abs(validation - test)));
  results[kind] = { rows, difference, size, ...(kind === 'grouped' ? { checks } : {}) };
  process.stdout.write(
    `${kind}: difference ${difference.mean.toFixed(3)} (95 % over seeds ${difference.ci95.map((end) => end.toFixed(3)).join(' to ')}), its size ${size.mean.toFixed(3)} on average\n`,
  );
}
await writeFileAtomic(options.output, `${JSON.stringify(results, null, 2)}\n`);
