import { shellWord } from '@thaw/base';
import { pathsThatVaryValidation, sweptPaths, trialStates, withValues } from '@thaw/experiment';
import { bestTrial } from '@thaw/search';
import {
  besideTwins,
  forecastSentences,
  isAfterLook,
  testSentences,
  testSetSentences,
  twinSentence,
} from '@thaw/analysis/recorded';
import { runName, type StoreIndex, type SweepRecord } from '@thaw/tracking';
import type { SweepSummary } from '../api/operations/sweeps.ts';
import { namedRow } from '../shape/named-row.ts';

/** A sweep in one line: its trials counted by state, its best trial by its metric. */
export function summarizeSweep(index: Pick<StoreIndex, 'row'>, sweep: SweepRecord): SweepSummary {
  const { id, name, state, method, metric, created, seconds, trials, planned } = sweep;
  const count = (wanted: string) => trials.filter((trial) => trial.state === wanted).length;
  return {
    id,
    name,
    state,
    method,
    metric,
    swept: sweptPaths(sweep.parameters),
    created,
    seconds,
    trials: Object.fromEntries(trialStates.map((each) => [each, count(each)])) as SweepSummary['trials'],
    planned,
    leakage: worstLeakage(sweep),
    varies_validation: pathsThatVaryValidation(trials.filter(({ state }) => state === 'finished')),
    test: testSet(sweep),
    best: bestRun(index, sweep),
  };
}

function worstLeakage({ leakage }: SweepRecord): SweepSummary['leakage'] {
  const worst = leakage?.toSorted((a, b) => b.fraction - a.fraction)[0];
  if (!worst) return null;
  const {
    validation_images,
    validation_images_with_a_twin_in_training: with_twin,
    parameters,
    remedy,
  } = worst;
  const words = remedy?.map((setting) => `--set ${shellWord(setting)}`).join(' ') ?? null;
  return {
    ...{ validation_images, with_twin, parameters, remedy: words },
    twins: twinSentence(worst),
    into_test: testSentences(worst),
    also: besideTwins(worst),
  };
}

function testSet(sweep: SweepRecord): SweepSummary['test'] {
  const { forecast, openings, test: mode, trials } = sweep;
  const chosen = trials.find(({ number }) => number === forecast?.trial);
  const { accuracy = null, ci95 = null } = forecast ?? {};
  // Until it is opened, nobody has counted the looks for other sweeps.
  const looksElsewhere = openings[0]?.looks_elsewhere ?? 0;
  const before_looks = mode !== 'each' && !isAfterLook(sweep) && looksElsewhere === 0;
  return {
    mode,
    looks: testSetSentences(sweep),
    forecast: forecastSentences(sweep, chosen?.summary?.test_accuracy ?? null),
    forecast_of: accuracy === null || !chosen?.run ? null : { run: chosen.run, accuracy, ci95, before_looks },
  };
}

function bestRun(index: Pick<StoreIndex, 'row'>, { trials, metric }: SweepRecord): SweepSummary['best'] {
  const valued = withValues(trials, metric);
  const best = bestTrial(valued, metric.goal);
  if (!best?.run || !best.summary) return null;
  const { val_accuracy, test_accuracy, gap } = best.summary;
  const row = index.row(best.run);
  const ties = valued.filter(
    ({ number, state, value }) => state === 'finished' && value === best.value && number !== best.number,
  );
  return {
    run: best.run,
    name: row ? runName(namedRow(row)) : `Trial ${best.number}`,
    ties: ties.map(({ number }) => number),
    value: best.value,
    val_accuracy,
    test_accuracy,
    gap,
  };
}
