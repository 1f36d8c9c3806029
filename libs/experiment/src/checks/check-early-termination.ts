import type { EarlyTermination, StepCount } from '../early-termination.ts';
import { neverTerminates, readEarlyTermination } from '../early-termination.ts';
import { gridSize } from '../space/grid.ts';
import type { Problem } from '../messages/problem.ts';
import type { Settings } from '../settings.ts';
import type { SearchSpace } from '../space/space.ts';
import { sampleValues } from '../space/space.ts';

/** A program of the user's own may report as often as it likes. */
const mostReports = 1_000_000;

interface SweptTrials {
  /** Null where a program of the user's own runs. */
  settings: Settings | null;
  parameters: SearchSpace;
  run_cap: number | undefined;
}

/** Reads `early_terminate` and finds out whether it could ever end a trial of this sweep. */
export function checkEarlyTermination(
  input: unknown,
  sweep: SweptTrials,
): { rule: EarlyTermination | null; problems: Problem[]; notes: string[] } {
  if (input === undefined) return { rule: null, problems: [], notes: [] };
  const read = readEarlyTermination(input);
  if (read.rule === null) return read;
  const steps = stepsOf(sweep);
  const trials = Math.min(gridSize(sweep.parameters), sweep.run_cap ?? Number.POSITIVE_INFINITY);
  const never = neverTerminates(read.rule, steps, trials);
  if (never === null) return read;
  const message = `found a rule that can never end a trial: ${never}; allowed: leave early_terminate out, or change it`;
  return { rule: null, problems: [{ path: [], message }], notes: [] };
}

/** With folds, a trial can end between two of them. */
function stepsOf({ settings, parameters }: SweptTrials): StepCount {
  if (settings === null) return { step: 'epoch', most: mostReports };
  const { folds, repeats = 1 } = settings.split;
  if (folds !== undefined) return { step: 'fold', most: folds * repeats };
  const varied = parameters['training.epochs'];
  const epochs = varied === undefined ? [settings.training.epochs] : sampleValues(varied).map(Number);
  return { step: 'epoch', most: Math.max(...epochs) };
}
