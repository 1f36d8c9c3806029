import { counted, parameterValue } from '@thaw/base';
import { programEngine, type SweepRecord } from '@thaw/tracking';

/** What a sweep is, in a few lines: its experiment, what it varies and how. */
export function sweepOutline(sweep: SweepRecord): string {
  const { name, state, experiment_file, set, method, metric, engine, device, workers, planned } = sweep;
  const runner = engine === programEngine ? 'Runs: a program of your own' : `Engine: ${engine} on ${device}`;
  const lines = [
    `Sweep ${sweep.id}: ${state}`,
    `Experiment: ${name} (${experiment_file}${set.length === 0 ? '' : `, ${set.join(', ')}`})`,
    `Search: ${method}, to ${metric.goal} ${metric.name}, ${planned === null ? 'without an end' : counted(planned, 'trial')}`,
    ...Object.entries(sweep.parameters).map(([path, parameter]) => `  ${path}: ${parameterValue(parameter)}`),
    `${runner}, ${counted(workers, 'trial')} at once`,
    `Started: ${sweep.created}`,
  ];
  return lines.join('\n');
}
