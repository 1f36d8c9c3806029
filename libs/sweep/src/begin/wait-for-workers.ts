import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@thaw/base';
import { endOwner, type RunStore, type SweepRecord, type TrialRecord } from '@thaw/tracking';

const pollMs = 200;

/**
 * The sweep once no trial of it runs any more. Trial processes notice within moments that the sweep's own process is gone; one
 * that computes needs a little longer, and one that hangs is ended after `patienceMs`. Throws UserError for a sweep that runs.
 */
export async function waitForWorkers(store: RunStore, id: string, patienceMs = 20_000): Promise<SweepRecord> {
  for (let waited = 0; waited < 2 * patienceMs; waited += pollMs) {
    const sweep = await store.sweep(id);
    if (sweep.state === 'running') {
      throw new UserError(`sweep ${id} is still running; it can be resumed when it has ended`, {
        kind: 'conflict',
      });
    }
    const running = sweep.trials.filter((trial) => trial.state === 'running');
    if (running.length === 0) return sweep;
    if (waited >= patienceMs) await endProcesses(store, running);
    await sleep(pollMs);
  }
  throw new UserError(
    `a trial of sweep ${id} is still running in a process of its own; try again when it has ended`,
    { kind: 'conflict' },
  );
}

/** Of runs that still run, where that can be told for certain. */
async function endProcesses(store: RunStore, trials: readonly TrialRecord[]): Promise<void> {
  for (const { run } of trials) {
    if (run === null) continue;
    const { state, owner } = await store.run(run);
    if (state === 'running') endOwner(owner);
  }
}
