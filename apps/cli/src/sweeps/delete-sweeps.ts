import { counted, sum, UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { commandHint } from '../report/command-hint.ts';
import { agreed } from '../runs/agreed.ts';

export interface DeleteSweepsOptions {
  readonly runsDir: string;
  /** Ids, beginnings of them, or `latest`. */
  readonly sweeps: readonly string[];
  /** Leaves their runs in the list of runs. */
  readonly keepRuns: boolean;
  /** Does not ask. */
  readonly yes: boolean;
}

/** Deletes sweeps once the user has said yes, says what became of their runs and how to have all back. Nothing is deleted when one of them is running. */
export async function deleteSweeps({ runsDir, sweeps, keepRuns, yes }: DeleteSweepsOptions): Promise<void> {
  const store = openStore(runsDir);
  const chosen = await Promise.all(sweeps.map((query) => store.sweep(query)));
  const running = chosen.find(({ state }) => state === 'running');
  if (running) {
    throw new UserError(
      `sweep ${running.id} is running; nothing was deleted. To stop it: ${commandHint(`sweeps stop ${running.id}`, runsDir)}`,
      { kind: 'conflict' },
    );
  }
  const ids = [...new Set(chosen.map(({ id }) => id))];
  const runs = sum(chosen.map(({ trials }) => trials.filter(({ run }) => run !== null).length));
  const also = keepRuns || runs === 0 ? '' : `with ${counted(runs, 'run')}`;
  if (!yes && !(await agreed({ what: 'delete', kind: 'sweep', ids, also }))) {
    process.stdout.write('nothing was deleted\n');
    return;
  }
  for (const id of ids) {
    const deleted = await store.deleteSweep(id, { runs: !keepRuns });
    const withRuns = keepRuns ? 'its runs stay' : `with ${counted(deleted.runs.length, 'run')}`;
    process.stdout.write(`deleted: ${id}, ${withRuns}\n`);
  }
  process.stderr.write(
    `To have ${ids.length === 1 ? 'it' : 'them'} back: ${commandHint(`sweeps delete --undo ${ids.join(' ')}`, runsDir)}\n` +
      `To free the space for good: ${commandHint('sweeps purge', runsDir)}\n`,
  );
}

/** Brings deleted sweeps back, by their whole ids, with the runs that went with them. */
export async function restoreSweeps({
  runsDir,
  sweeps,
}: Pick<DeleteSweepsOptions, 'runsDir' | 'sweeps'>): Promise<void> {
  const store = openStore(runsDir);
  for (const id of sweeps) {
    const runs = await store.restoreSweep(id);
    process.stdout.write(`restored: ${id}, with ${counted(runs.length, 'run')}\n`);
  }
}
