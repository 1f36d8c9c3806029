import type { EarlyTermination } from '../early-termination.ts';
import { neverTerminates, readEarlyTermination } from '../early-termination.ts';
import { gridSize } from '../space/grid.ts';
import type { Problem } from '../messages/problem.ts';
import type { Settings } from '../settings.ts';
import type { SearchSpace } from '../space/space.ts';
import { sampleValues } from '../space/space.ts';

/** Reads `early_terminate` and finds out whether it could ever end a trial of this sweep. */
export function checkEarlyTermination(
  input: unknown,
  sweep: { settings: Settings; parameters: SearchSpace; run_cap: number | undefined },
): { rule: EarlyTermination | null; problems: Problem[] } {
  if (input === undefined) return { rule: null, problems: [] };
  const read = readEarlyTermination(input);
  if (read.rule === null) return read;
  const varied = sweep.parameters['training.epochs'];
  const epochs = varied === undefined ? [sweep.settings.training.epochs] : sampleValues(varied).map(Number);
  const trials = Math.min(gridSize(sweep.parameters), sweep.run_cap ?? Number.POSITIVE_INFINITY);
  const never = neverTerminates(read.rule, Math.max(...epochs), trials);
  if (never === null) return read;
  const message = `found a rule that can never end a trial: ${never}; allowed: leave early_terminate out, or change it`;
  return { rule: null, problems: [{ path: [], message }] };
}
