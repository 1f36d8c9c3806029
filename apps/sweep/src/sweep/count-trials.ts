import { gridSize, type Experiment } from '@thaw/experiment';
import type { TrialRecord } from '@thaw/tracking';

/** How many trials are left to run, as far as the experiment alone can say: for a grid its points, capped by `run_cap`. */
export function countTrialsLeft(
  experiment: Experiment,
  known: readonly Pick<TrialRecord, 'state'>[],
  maxTrials: number,
): number {
  const whole = Math.min(gridSize(experiment.parameters), experiment.run_cap ?? Number.POSITIVE_INFINITY);
  const done = known.filter((trial) => trial.state !== 'interrupted').length;
  return Math.max(0, Math.min(whole - done, maxTrials));
}
