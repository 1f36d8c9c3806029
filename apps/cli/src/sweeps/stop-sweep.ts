import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { commandHint } from '../report/command-hint.ts';

const pollMs = 200;

export interface StopSweepOptions {
  readonly runsDir: string;
  /** An id, a beginning of one, or `latest`. */
  readonly sweep: string;
  /** How long the sweep's process may take to hear of it. */
  readonly patienceMs?: number;
}

/**
 * Asks a running sweep to stop after the running epoch of each trial, and returns when its process has heard. A UserError where
 * the sweep is not running, or where its process does not answer; nothing has changed then.
 */
export async function stopSweep({ runsDir, sweep, patienceMs = 15_000 }: StopSweepOptions): Promise<void> {
  const request = await openStore(runsDir).requestStop(sweep);
  for (let waited = 0; waited < patienceMs; waited += pollMs) {
    if (await request.isHeard()) {
      process.stdout.write(`stopping: ${request.id}, after the running epoch of each trial\n`);
      process.stderr.write(
        `To go on with it later: ${commandHint(`sweep --resume ${request.id}`, runsDir)}\n`,
      );
      return;
    }
    await sleep(pollMs);
  }
  await request.withdraw();
  throw new UserError(
    `sweep ${request.id} did not answer within ${patienceMs / 1000} s, and goes on; it may run on another machine: press Ctrl-C where it was started`,
    { kind: 'unavailable' },
  );
}
