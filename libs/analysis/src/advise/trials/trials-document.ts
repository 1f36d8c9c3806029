import { photographsLearned } from './trial-images.ts';
import type { CurveOfPhotographs } from './photographs-curve.ts';
import type { ComparedScenario } from './compare-scenarios.ts';
import type { MeasuredScenarios } from './measure-scenarios.ts';
import { curveVerdict, evidenceOf } from './trials-sentences.ts';

/** What `advise --budget` adds to its document; accuracies are fractions, intervals 95 % by photographs. */
export function trialsDocument(measured: MeasuredScenarios) {
  const { images, compared, failures, curve, budgetSeconds, seconds } = measured;
  const uncompared = failures.map((trial) => ({ trial, accuracy: null, behind: null }));
  return {
    budget_seconds: budgetSeconds,
    seconds,
    images: images.images.length,
    photographs: images.photographs,
    folds: images.folds,
    scenario: compared?.winner.scenario ?? null,
    evidence: compared && evidenceOf(compared, images.images.length === measured.all),
    /** In how many draws of photographs it is the best. */
    best_in: compared?.share ?? null,
    scenarios: (compared?.scenarios ?? uncompared).map(scenarioDocument),
    learning_curve: 'missing' in curve ? null : curveDocument(curve),
    learning_curve_missing: 'missing' in curve ? curve.missing : null,
    photographs_learned: photographsLearned(images),
  };
}

function scenarioDocument({ trial, accuracy, behind }: ComparedScenario) {
  return {
    scenario: trial.scenario,
    accuracy: accuracy?.value ?? null,
    ci95: accuracy?.ci95 ?? null,
    images: trial.rows.length,
    folds: trial.epochs.length,
    epochs: trial.epochs,
    seconds: trial.seconds,
    folds_ended_by_time: trial.cut,
    error: trial.failed,
    /** The scenario that wins minus this one, on the images that both have validated. */
    behind,
  };
}

function curveDocument({ photographs, size, curve }: CurveOfPhotographs) {
  return {
    points: curve.accuracies.map(({ value, ci95 }, i) => {
      return { photographs: photographs[i]!, accuracy: value, ci95 };
    }),
    law: { error: 'scale * photographs ^ -exponent', ...curve.law },
    now: { photographs: size, accuracy: curve.now.value, ci95: curve.now.ci95 },
    doubled: { photographs: 2 * size, accuracy: curve.doubled.value, ci95: curve.doubled.ci95 },
    gain: { accuracy: curve.gain.value, ci95: curve.gain.ci95 },
    told: curveVerdict(curve) !== 'unknown',
  };
}
