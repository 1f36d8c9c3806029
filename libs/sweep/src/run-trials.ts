import { UserError } from '@thaw/base';
import { metricValue, type Search } from '@thaw/experiment';
import { learns, nextNumber, type Trial } from '@thaw/search';
import type { TrialRecord } from '@thaw/tracking';
import { attemptTrial } from './attempt-trial.ts';
import type { Job, TrialOutcome } from './executors/executor.ts';
import type { RunTrialsOptions } from './run-trials-options.ts';
import { Lanes } from './lanes.ts';
import { isLeft } from './retry.ts';
import { targetReachedBy } from './target-reached.ts';
import { TrialOrder, type AskedTrial } from './trial-order.ts';

/** How many trials may wait for what others compute. */
const lookAhead = 64;

/**
 * Runs what earlier sessions have left (interrupted trials, and failed ones that have attempts left), then asks for further
 * trials and tells the sampler, on all workers, until nothing is left to ask, `run_cap`, `maxTrials` or the metric's target is
 * reached, or it is over or stopped. Throws UserError for what would end every further trial too: the disk is full, or the images
 * are others than before the sweep; the trial that it stopped is interrupted and runs again when the sweep goes on. Throws the
 * error of a record that cannot be written, too, once all workers were told to stop.
 */
export async function runTrials<J extends Job>(options: RunTrialsOptions<J>): Promise<void> {
  const { experiment, sampler, executor, jobOf, known, knownReports, maxTrials, retry, isOver, signal } =
    options;
  const { lanes = new Lanes(executor.workers) } = options;
  const left = known.filter((record) => isLeft(record, retry));
  const trials = known.map((record) => toTrial(record, experiment, knownReports.get(record.number)));
  let begun = 0;
  let broken: Extract<TrialOutcome, { state: 'interrupted' }> | undefined;
  let hasThrown = false;

  const ask = (): AskedTrial<J> | null => {
    if (begun >= maxTrials) return null;
    const earlier = left.shift() ?? null;
    if (!earlier && trials.length >= (experiment.run_cap ?? Number.POSITIVE_INFINITY)) return null;
    const parameters = earlier ? earlier.parameters : sampler.ask(trials);
    if (parameters === null) return null;
    const number = earlier?.number ?? nextNumber(trials);
    const place = earlier ? trials.findIndex((each) => each.number === number) : trials.length;
    const reports = [...(trials[place]?.reports ?? [])];
    const trial = { number, parameters, state: 'running', value: null, reports } as const;
    trials[place] = trial;
    begun++;
    return { trial, earlier, job: jobOf(trial) };
  };
  // An estimate should know as many results as it can; asking ahead takes them from it.
  const asksAhead = executor.workers > 1 && !learns[experiment.method];
  const order = new TrialOrder(ask, asksAhead ? lookAhead : 0);
  const hasEnded = () =>
    signal.aborted ||
    hasThrown ||
    broken !== undefined ||
    isOver() ||
    targetReachedBy(trials, experiment.metric) !== null;

  const lane = async (leaves: () => boolean) => {
    while (!hasEnded() && !leaves()) {
      const next = order.next();
      if (next === null) return;
      const { trial } = next;
      const outcome = await attemptTrial(next, order, trials, options);
      order.ended(trial.number);
      const value = 'summary' in outcome ? metricValue(experiment.metric.name, outcome.summary) : null;
      // One that was ended alone is left to a later session: samplers are to take it for one that goes on, and not ask for it anew.
      const state = outcome.state === 'interrupted' ? 'running' : outcome.state;
      trials[trials.indexOf(trial)] = { ...trial, state, value };
      if (outcome.state === 'interrupted' && outcome.error !== undefined) {
        broken = outcome;
        executor.stop();
      }
    }
  };
  await lanes.run((leaves) =>
    lane(leaves).catch((error: unknown) => {
      hasThrown = true;
      executor.stop();
      throw error;
    }),
  );
  if (broken !== undefined) {
    throw new UserError(`the sweep cannot go on: ${broken.error}`, { kind: broken.kind ?? 'full-disk' });
  }
}

function toTrial(
  { number, parameters, state, summary }: TrialRecord,
  { metric }: Pick<Search, 'metric'>,
  reports: readonly number[] = [],
): Trial {
  return { number, parameters, state, value: metricValue(metric.name, summary), reports };
}
