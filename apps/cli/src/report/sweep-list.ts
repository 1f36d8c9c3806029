import type { SweepRow } from '@thaw/analysis/recorded';
import { age, duration, fixed, sum } from '@thaw/base';
import { renderTable } from './table.ts';

/** A table of sweeps in the order given, with `-` for what a sweep does not have. */
export function sweepList(
  sweeps: readonly SweepRow[],
  { now, columns }: { readonly now: Date; readonly columns: number | null },
): string {
  return renderTable({
    head: ['sweep', 'state', 'trials', 'best', 'metric', 'value', 'time', 'age'],
    aligns: ['left', 'left', 'right', 'right', 'left', 'right', 'right', 'right'],
    rows: sweeps.map((sweep) => [
      sweep.id,
      sweep.state,
      trialCount(sweep),
      sweep.best ? `trial ${sweep.best.trial}` : '-',
      sweep.metric.name,
      fixed(sweep.best?.value, 4),
      duration(sweep.state === 'running' ? since(sweep.created, now) : sweep.seconds),
      age(1000 * since(sweep.created, now)),
    ]),
    columns,
  });
}

/** How many trials came to their end, of how many, and how many have failed: `3/12, 1 failed`. */
function trialCount({ trials, planned }: SweepRow): string {
  const { finished = 0, pruned = 0, failed = 0 } = trials;
  const over = finished + pruned + failed;
  return `${over}/${planned ?? sum(Object.values(trials))}${failed > 0 ? `, ${failed} failed` : ''}`;
}

function since(time: string, now: Date): number {
  return (now.getTime() - Date.parse(time)) / 1000;
}
