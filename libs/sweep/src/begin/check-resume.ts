import { UserError } from '@thaw/base';
import type { RunStore } from '@thaw/tracking';
import type { SweepOptions } from '../sweep-options.ts';
import { countTrialsLeft } from './count-trials.ts';
import { experimentOf } from './experiment-of.ts';

/**
 * Says at once what would keep a sweep from going on, of its images aside. Throws UserError (conflict) where it runs or nothing is
 * left to run; with `retryFailed`, trials that have failed are left.
 */
export async function checkResume(
  store: RunStore,
  query: string,
  options: Pick<SweepOptions, 'runsDir' | 'allowed'> & { readonly retryFailed: boolean },
): Promise<string> {
  const sweep = await store.sweep(query);
  const { id, state, trials } = sweep;
  if (state === 'running') {
    throw new UserError(`sweep ${id} is running; it can be resumed when it has ended`, { kind: 'conflict' });
  }
  const retry = options.retryFailed ? 'failed' : 0;
  if (countTrialsLeft(await experimentOf(sweep, options), trials, { retry }) === 0) {
    const failed = trials.some((trial) => trial.state === 'failed');
    throw new UserError(
      `no trial of sweep ${id} is left to run${failed && !options.retryFailed ? ', but failed trials can be retried' : ''}`,
      { kind: 'conflict' },
    );
  }
  return id;
}
