import { Random } from '@thaw/base';
import { accuracyInterval, forecast, type Predictions } from '@thaw/metrics';
import { drawRate } from '@thaw/metrics/testing';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { Tally, table } from './coverage/tally.ts';

/**
 * How often the forecast of the best of several trials holds what that trial reaches in the long run, on images in groups whose truth
 * is known, beside the interval of its accuracy as it looks. Groups are so many of each class, or drawn whatever their class.
 */
const asked = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/forecast.ts')
  .option('repetitions', { type: 'number', default: 300, describe: 'Simulated sweeps a row' })
  .option('groups', { type: 'number', array: true, default: [13, 30, 71, 277] })
  .option('trials', { type: 'number', array: true, default: [1, 4, 16, 64] })
  .strict()
  .parse();
const { repetitions } = asked;

const classes = 4;
const size = 8;
/** What all trials reach by class, as far as a group is hard for all of them. */
const rates = [0.4, 0.55, 0.6, 0.75];
const correlation = 0.25;

/** `spread`: how far trials differ in what they reach, from worst to best. */
interface Sweep {
  readonly groups: number;
  readonly trials: number;
  readonly spread: number;
  readonly drawn: 'by class' | 'at random';
}

/** A trial is half what its groups are for all trials, half its own luck and skill. */
function drawSweep(random: Random, { groups, trials, spread, drawn }: Sweep) {
  const classOf = Array.from({ length: groups }, (_, g) =>
    drawn === 'by class' ? g % classes : random.int(classes),
  );
  const shared = classOf.map((label) => drawRate(random, rates[label]!, correlation));
  const labels = classOf.flatMap((label) => new Array<number>(size).fill(label));
  const names = classOf.flatMap((_, g) => new Array<string>(size).fill(`group ${g}`));
  const skill = (trial: number) => (trials === 1 ? 0 : spread * (trial / (trials - 1) - 0.5));
  const shares = rates.map((_, c) => classOf.filter((label) => label === c).length / groups);
  const truth = (trial: number) => {
    const weights = drawn === 'by class' ? shares : rates.map(() => 1 / classes);
    return weights.reduce((sum, share, c) => sum + share * (rates[c]! + 0.5 * skill(trial)), 0);
  };
  const said = Array.from({ length: trials }, (_, trial): Predictions => {
    const own = classOf.map((label) => drawRate(random, rates[label]! + skill(trial), correlation));
    const probabilities = labels.map((label, i) => {
      const group = Math.floor(i / size);
      const right = random.uniform() < 0.5 * (shared[group]! + own[group]!);
      const predicted = right ? label : (label + 1 + random.int(classes - 1)) % classes;
      return Array.from({ length: classes }, (_, c) => (c === predicted ? 0.7 : 0.1));
    });
    return { labels, groups: names, probabilities };
  });
  return { said, truth };
}

function* rows(): Generator<string[]> {
  for (const drawn of ['by class', 'at random'] as const) {
    for (const groups of asked.groups) {
      for (const trials of asked.trials) {
        const tally = new Tally();
        let [bias, flattery] = [0, 0];
        for (let r = 0; r < repetitions; r++) {
          const random = new Random('forecast', drawn, groups, trials, r);
          const { said, truth } = drawSweep(random, { groups, trials, spread: 0.06, drawn });
          const { accuracy, best, uncorrected } = forecast(said, { classes, by: 'accuracy', random });
          const known = truth(best);
          tally.add('uncorrected', accuracyInterval(said[best]!).ci95, known);
          tally.add('forecast', accuracy!.ci95, known);
          bias += (accuracy!.value - known) / repetitions;
          flattery += (uncorrected - known) / repetitions;
        }
        const points = (value: number) => `${value < 0 ? '' : '+'}${(100 * value).toFixed(1)}`;
        const [before, after] = tally.cells();
        yield [drawn, String(groups), String(trials), before!, points(flattery), after!, points(bias)];
      }
    }
  }
}

table(
  `The best of several trials: ${repetitions} repetitions; coverage of 95 % intervals in %, mean width in brackets; errors in points`,
  ['groups drawn', 'groups', 'trials', 'as it looks', 'error', 'forecast', 'error'],
  rows(),
);
