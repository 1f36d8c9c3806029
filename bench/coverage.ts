import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { accuracyRows } from './coverage/accuracy.ts';
import { drawnRows } from './coverage/drawn.ts';
import { gapRows } from './coverage/gap.ts';
import { runRows } from './coverage/runs.ts';
import { strataRows } from './coverage/strata.ts';
import { table } from './coverage/tally.ts';

/**
 * How often 95 % intervals hold the truth, and tests find a difference that is not there, on images in groups. Names of
 * parts as arguments (accuracy, strata, drawn, gap, runs) run these alone.
 */
const { repetitions, _: asked } = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/coverage.ts')
  .option('repetitions', { type: 'number', default: 1000, describe: 'Simulated sets of images a row' })
  .strict()
  .parse();

const unit = `${repetitions} repetitions; coverage in %, mean width in brackets`;
const parts = {
  accuracy: () =>
    table(
      `Accuracy: ${unit}`,
      [
        'groups',
        'accuracy',
        'intra-class correlation',
        'images (Wilson)',
        'groups (percentile bootstrap)',
        'groups (Thaw)',
      ],
      accuracyRows(repetitions),
    ),
  strata: () =>
    table(
      `Accuracy over classes, groups of one class each: ${unit}`,
      ['groups', 'intra-class correlation', 'images (Wilson)', 'groups (Thaw)'],
      strataRows(repetitions),
    ),
  drawn: () =>
    table(
      `Accuracy, and validation minus test with 71 groups in test, by how groups were drawn: ${unit}`,
      [
        'classes',
        'groups drawn',
        'groups',
        'sizes',
        'accuracy by images',
        'accuracy (Thaw)',
        'gap by images',
        'gap (Thaw)',
      ],
      drawnRows(repetitions),
    ),
  gap: () =>
    table(
      `Validation minus test, four classes, 71 photographs in test, correlation 0.25: ${unit}`,
      ['setup', 'of', 'images', 'groups (Thaw)'],
      gapRows(repetitions),
    ),
  runs: () =>
    table(
      `Two runs that are equally good, correlation 0.3: differences found at 5 %, then ${unit}`,
      [
        'groups',
        'accuracy',
        'found by images',
        'found by groups',
        'interval by images',
        'interval by groups',
      ],
      runRows(repetitions),
    ),
};
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) part();
