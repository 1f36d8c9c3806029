import { UserError } from '@thaw/base';
import type { StoreIndex, SweepRecord } from '@thaw/tracking';

/** The sweep of this id; a UserError that says why where it cannot be read or is not there. */
export function findSweep(index: StoreIndex, id: string): SweepRecord {
  const sweep = index.sweep(id);
  if (sweep) return sweep;
  const damaged = index.damaged().sweeps.find(({ path }) => path.split(/[\\/]/).at(-1) === id);
  if (damaged) throw new UserError(`${damaged.path} is damaged: ${damaged.reason}`, { kind: 'damaged' });
  throw new UserError(`there is no sweep ${id}`, { kind: 'not-found' });
}
