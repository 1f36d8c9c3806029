import { openStore } from '@thaw/tracking';
import { chooseRuns, type RunChoice } from './choose-runs.ts';

export interface ArchiveOptions extends RunChoice {
  readonly runsDir: string;
  /** Takes them out of the archive instead. */
  readonly undo: boolean;
}

/** Leaves runs out of lists, or has them back, and says which. */
export async function archiveRuns({ runsDir, undo, ...choice }: ArchiveOptions): Promise<void> {
  const store = openStore(runsDir);
  for (const { id } of await chooseRuns(store, choice)) {
    await store.annotate(id, { archived: !undo });
    process.stdout.write(`${undo ? 'listed again' : 'archived'}: ${id}\n`);
  }
}
