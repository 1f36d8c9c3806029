import { stat } from 'node:fs/promises';
import { mapConcurrently, UserError, writeFileAtomic, writeFolderAtomic } from '@thaw/base';
import { checkOutputFile } from '../report/output-file.ts';
import { tellDamaged } from '../report/tell-damaged.ts';
import {
  openStore,
  runsWhere,
  runDocument,
  type RunRecord,
  runTable,
  writeTensorBoardFolder,
  type RunStore,
} from '@thaw/tracking';
import type { RunChoice } from '../runs/choose-runs.ts';

export const exportFormats = ['csv', 'json', 'tensorboard'] as const;

export interface ExportRunsOptions {
  readonly format: (typeof exportFormats)[number];
  readonly runsDir: string;
  /** Only this run, or the runs of this sweep; all where both are null. */
  readonly run: string | null;
  readonly sweep: string | null;
  /** Of these, only the runs that this is true for. */
  readonly where: RunChoice['where'];
  /** A file, for TensorBoard a new folder; null for standard output. */
  readonly output: string | null;
}

/** Writes runs in another program's format, whole or not at all; damaged records are named on standard error and left out. */
export async function exportRuns(options: ExportRunsOptions): Promise<void> {
  const { format, runsDir, output } = options;
  const store = openStore(runsDir);
  if (format === 'tensorboard') {
    if (output === null) throw new UserError('--format tensorboard needs a folder to write to, --output DIR');
    if (await stat(output).catch(() => null)) {
      throw new UserError(
        `--output: found ${output}, which is there already; allowed: a folder that is not there yet`,
      );
    }
    const runs = await chosenRuns(store, options);
    await writeFolderAtomic(output, (folder) => writeTensorBoardFolder(store, runs, folder));
    process.stdout.write(
      `${runs.length === 1 ? '1 run is' : `${runs.length} runs are`} in ${output}. To look at them: tensorboard --logdir ${output}\n`,
    );
    return;
  }
  if (output !== null) await checkOutputFile(output);
  const runs = await chosenRuns(store, options);
  const text =
    format === 'csv' ? runTable(runs) : `${JSON.stringify(await documents(store, runs), null, 2)}\n`;
  if (output === null) process.stdout.write(text);
  else await writeFileAtomic(output, text);
}

async function chosenRuns(
  store: RunStore,
  { run, sweep, where }: Pick<ExportRunsOptions, 'run' | 'sweep' | 'where'>,
): Promise<RunRecord[]> {
  if (run !== null) return [await store.run(run)];
  const id = sweep === null ? null : (await store.sweep(sweep)).id;
  const { runs, damaged } = await store.runs();
  tellDamaged(damaged);
  const among = runs.filter((each) => id === null || each.sweep === id);
  return runsWhere(store, among, where, id === null ? '' : ` of sweep ${id}`);
}

function documents(store: RunStore, runs: readonly RunRecord[]): Promise<ReturnType<typeof runDocument>[]> {
  return mapConcurrently(runs, 16, async (run) => runDocument({ run, epochs: await store.metrics(run.id) }));
}
