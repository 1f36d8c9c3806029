import { UserError } from '@thaw/base';
import type { Outcome } from './results.ts';

const states: Readonly<Record<string, Outcome['state']>> = {
  ...{ 1: 'interrupted', 2: 'interrupted', 3: 'finished', 4: 'failed', 5: 'interrupted' },
  ...{
    RUNNING: 'interrupted',
    SCHEDULED: 'interrupted',
    FINISHED: 'finished',
    FAILED: 'failed',
    KILLED: 'interrupted',
  },
};

/** How a run went whose status MLflow gives by its number or its name. A UserError, which begins with `where`, for another one. */
export function mlflowState(status: string, where: string): Pick<Outcome, 'state' | 'error'> {
  const state = states[status];
  if (!state)
    throw new UserError(
      `${where}: found ${status}; allowed: 1 to 5, or ${Object.keys(states).slice(5).join(', ')}`,
    );
  return { state, error: state === 'failed' ? 'MLflow says that the run failed' : null };
}
