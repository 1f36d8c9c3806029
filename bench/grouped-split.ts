import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError, writeFileAtomic } from '@thaw/base';
import { createEngine } from '@thaw/compute';
import { loadDataset, type Dataset } from '@thaw/data';
import { loadExperiment, type Settings } from '@thaw/experiment';
import { asPredictions, generalisationGap, pairedDifference, type Estimate } from '@thaw/metrics';
import { runTrial, type TrialResult } from '@thaw/training';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

const options = await yargs(hideBin(process.argv))
  .scriptName('node --import tsx bench/grouped-split.ts')
  .usage(
    '$0\n\nHow far validation lies from test when copies of a photograph stay on one side, and when they do not: the same network, several seeds, on the Kaggle set',
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

type Trained = Pick<TrialResult, 'summary' | 'predictions' | 'classes'>;
type Predicted = TrialResult['predictions'];

function told(what: string, phase: string, done: number, total: number): void {
  if (done % 2000 === 0) process.stderr.write(`${what}: ${phase} ${done}/${total}\n`);
}

async function train(settings: Settings, seed: number): Promise<Trained> {
  const { summary, predictions, classes } = await runTrial(settings, {
    engine: createEngine('onnx'),
    cacheDir,
    observer: {
      phase: (...step) => told(`seed ${seed}`, ...step),
      epoch: () => undefined,
      batch: () => undefined,
    },
  });
  return { summary, predictions, classes };
}

/** Mean of one value a seed, with Student's 95 % interval over seeds. */
function meanOf(values: readonly number[]): Estimate {
  return pairedDifference(values.map((sum) => ({ sum, size: 1, squares: sum * sum, stratum: 0 })));
}

/** Validation minus test of all these rows together, with the interval that takes photographs for what was drawn. */
function gapOf(rows: readonly Predicted[], classes: readonly string[], groupOf: (file: string) => string) {
  const pooled = (part: keyof Predicted) =>
    asPredictions(
      rows.flatMap((row) => row[part]),
      classes,
      groupOf,
    );
  return generalisationGap(pooled('validation'), pooled('test'), classes).overall.gap;
}

function inWords({ value, ci95 }: Estimate): string {
  const signed = (one: number) => `${one < 0 ? '' : '+'}${one.toFixed(3)}`;
  return ci95 ? `${signed(value)} (95 % ${ci95.map(signed).join(' to ')})` : signed(value);
}

const sources = await readMap();
const results: Record<string, unknown> = {};
let groups = new Map<string, string>();
const groupOf = (file: string) => groups.get(file)!;
for (const kind of ['grouped', 'keras'] as const) {
  const { settings } = await loadExperiment(resolve(options[kind]), {});
  const trained: Trained[] = [];
  const checks: unknown[] = [];
  for (const seed of seeds) {
    const seeded = {
      ...settings,
      split: { ...settings.split, seed },
      training: { ...settings.training, seed },
    };
    if (kind === 'grouped') {
      const dataset = await loadDataset(seeded, { cacheDir, onDetect: (...step) => told('copies', ...step) });
      const images = [...dataset.train, ...dataset.validation, ...dataset.test];
      groups = new Map(images.map(({ name, group }) => [name, group!]));
      checks.push({ seed, ...checkSplit(dataset, seeded.split.validation, sources) });
    }
    const one = await train(seeded, seed);
    trained.push(one);
    const { val_accuracy, test_accuracy } = one.summary;
    const gap = gapOf([one.predictions], one.classes, groupOf);
    process.stdout.write(
      `${kind}, seed ${seed}: validation ${val_accuracy.toFixed(4)}, test ${test_accuracy.toFixed(4)}, difference ${inWords(gap)} over photographs\n`,
    );
  }
  const gaps = trained.map(({ summary }) => summary.gap);
  const overSeeds = meanOf(gaps);
  const overPhotographs = gapOf(
    trained.map(({ predictions }) => predictions),
    trained[0]!.classes,
    groupOf,
  );
  const size = meanOf(gaps.map(Math.abs));
  const rows = trained.map(({ summary }, i) => ({ seed: seeds[i], ...summary }));
  results[kind] = { rows, over_seeds: overSeeds, over_photographs: overPhotographs, size, checks };
  process.stdout.write(
    `${kind}, ${seeds.length} seeds: difference ${inWords(overSeeds)} over seeds, ${inWords(overPhotographs)} over photographs; its size ${inWords(size)} over seeds\n`,
  );
}
await writeFileAtomic(options.output, `${JSON.stringify(results, null, 2)}\n`);
