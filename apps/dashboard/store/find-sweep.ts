import type { StoreIndex, SweepRecord } from '@thaw/tracking';
import { Problem } from '../api/problem.ts';

/** The sweep of this id; a Problem that says why where it cannot be read or is not there. */
export function findSweep(index: StoreIndex, id: string): SweepRecord {
  const sweep = index.sweep(id);
  if (sweep) return sweep;
  const damaged = index.damaged().sweeps.find(({ path }) => path.split(/[\\/]/).at(-1) === id);
  throw new Problem(
    404,
    damaged ? `${damaged.path} is damaged: ${damaged.reason}` : `there is no sweep ${id}`,
  );
}
