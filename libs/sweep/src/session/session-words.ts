import type { AnyExperiment } from '@thaw/experiment';
import type { ReadySweep } from './ready-sweep.ts';

/** What a session is about: `Sweep 2026...: 12 trials to run, engine onnx, 4 known from before`. `endless` says how long one runs without an end. */
export function beginningWords(
  sweep: string,
  {
    sweep: { experiment, engine, device, known },
    trials,
  }: {
    readonly sweep: Pick<ReadySweep['sweep'], 'experiment' | 'engine' | 'device' | 'known'>;
    readonly trials: number;
  },
  endless: string,
): string {
  return [
    `Sweep ${sweep}: ${trialsToRun(trials, endless)}`,
    `${whatRuns(experiment, engine)}${device === 'cpu' ? '' : ` on ${device}`}`,
    ...(known.length > 0 ? [`${known.length} known from before`] : []),
  ].join(', ');
}

/** What happens once a session was asked to end. */
export function stoppingWords(experiment: AnyExperiment): string {
  if ('program' in experiment) return 'Stopping: each program is asked to end, and has 10 s to do so';
  return 'Stopping after the running epoch of each trial';
}

function whatRuns(experiment: AnyExperiment, engine: string): string {
  if (!('program' in experiment)) return `engine ${engine}`;
  return `program ${experiment.program.file ?? experiment.program.command.join(' ')}`;
}

function trialsToRun(trials: number, endless: string): string {
  if (trials === Number.POSITIVE_INFINITY) return `trials to run until ${endless}`;
  return `${trials} ${trials === 1 ? 'trial' : 'trials'} to run`;
}
