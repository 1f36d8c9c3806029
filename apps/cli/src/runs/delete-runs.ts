import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { commandHint } from '../report/command-hint.ts';
import { agreed } from './agreed.ts';
import { chooseRuns, type RunChoice } from './choose-runs.ts';

export interface DeleteOptions extends RunChoice {
  readonly runsDir: string;
  /** Does not ask. */
  readonly yes: boolean;
}

/** Deletes runs once the user has said yes, and says how to have them back. Nothing is deleted when one of them is running. */
export async function deleteRuns({ runsDir, yes, ...choice }: DeleteOptions): Promise<void> {
  const store = openStore(runsDir);
  const chosen = await chooseRuns(store, choice);
  const running = chosen.find(({ state }) => state === 'running');
  if (running) throw new UserError(`run ${running.id} is running; nothing was deleted`);
  const ids = chosen.map(({ id }) => id);
  if (!yes && !(await agreed({ what: 'delete', kind: 'run', ids }))) {
    process.stdout.write('nothing was deleted\n');
    return;
  }
  for (const id of ids) {
    await store.deleteRun(id);
    process.stdout.write(`deleted: ${id}\n`);
  }
  process.stderr.write(
    `To have them back: ${commandHint(`runs delete --undo ${ids.join(' ')}`, runsDir)}\n` +
      `To free their space: ${commandHint('runs purge', runsDir)}\n`,
  );
}

/** Brings deleted runs back, by their whole ids. */
export async function restoreRuns({ runsDir, runs }: Pick<DeleteOptions, 'runsDir' | 'runs'>): Promise<void> {
  if (runs.length === 0) throw new UserError('say which runs: their whole ids');
  const store = openStore(runsDir);
  for (const id of runs) {
    await store.restoreRun(id);
    process.stdout.write(`restored: ${id}\n`);
  }
}
