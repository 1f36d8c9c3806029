import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, mapConcurrently } from '@thaw/base';
import { inTrash, moveToTrash, restoreFromTrash } from '../../annotations/trash.ts';
import type { Clock } from '../../files/heartbeat.ts';
import { isWholeId } from '../../files/ids.ts';
import { formatJsonLines } from '../../files/json-lines.ts';
import { RecordFolders } from '../../files/record-folders.ts';
import { newRunRecord } from '../../records/new-run.ts';
import { runSchema, type RunRecord } from '../../records/run-record.ts';
import { invalid, missing, MlflowError } from '../requests/mlflow-error.ts';
import { journalName, type Entry } from './journal.ts';
import { LoggedRun, readJournal, stateOf } from './logged-run.ts';
import { beginState, type LoggedState } from './logged-state.ts';
import { recordedPart } from './recorded.ts';

/** A run as it is found: `deleted` where it lies among the deleted ones. */
export interface FoundRun {
  readonly id: string;
  readonly folder: string;
  readonly deleted: boolean;
  readonly state: LoggedState;
}

/** The runs that clients log over HTTP, in the folder of all runs. */
export class LoggedRuns {
  readonly #folder: string;
  readonly #records: RecordFolders<RunRecord>;
  readonly #clock: Clock;
  /** Those that this process writes. */
  readonly #taken = new Map<string, Promise<LoggedRun>>();
  /** What was read of others, by their journal's size. */
  readonly #read = new Map<string, { readonly size: number; readonly state: LoggedState }>();

  constructor(runsDir: string, clock: Clock) {
    this.#folder = join(runsDir, 'runs');
    this.#records = new RecordFolders(this.#folder, 'run', runSchema, clock);
    this.#clock = clock;
  }

  async create(
    begin: NonNullable<Entry['run']>,
    tags: Record<string, string>,
    experiment: string,
  ): Promise<FoundRun> {
    const state = beginState(begin);
    const { id } = await this.#records.create(
      () => ({
        ...newRunRecord(
          { name: begin.run_name, sweep: null, number: 0, parameters: {}, settings: null, provenance: null },
          this.#clock(),
        ),
        ...recordedPart(state, experiment, this.#clock()),
      }),
      (temporary) => writeFile(join(temporary, journalName), formatJsonLines([{ run: begin, tags }])),
    );
    return this.find(id);
  }

  /** RESOURCE_DOES_NOT_EXIST for an id that no such run has. */
  async find(id: string): Promise<FoundRun> {
    const found = (await this.#look(id, false)) ?? (await this.#look(id, true));
    if (found) return found;
    throw missing(`Run with id=${id} not found`);
  }

  /** The run to log to. INVALID_PARAMETER_VALUE for one that was deleted, RESOURCE_CONFLICT for one that another server writes. */
  async writable(id: string, experimentName: (id: string) => string): Promise<LoggedRun> {
    const { folder, deleted, state } = await this.find(id);
    if (deleted) throw invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`);
    const taken = this.#taken.get(id);
    if (taken) return taken;
    const taking = this.#take(id, folder, () => experimentName(state.experimentId));
    this.#taken.set(id, taking);
    taking.catch(() => this.#taken.delete(id));
    return taking;
  }

  /** Has the next request read the run from disk, because writing it failed. */
  forget(id: string): void {
    this.#taken.delete(id);
  }

  /** Those that are there, and with `deleted` those that were deleted, in the order of their ids. */
  async all(deleted: boolean): Promise<FoundRun[]> {
    const ids = deleted ? await inTrash(this.#folder) : await this.#records.ids();
    const found = await mapConcurrently(ids, 32, async (id) => [await this.#look(id, deleted)]);
    return found.flat().filter((run) => run !== null);
  }

  async delete(id: string): Promise<void> {
    const { deleted } = await this.find(id);
    if (deleted) return;
    const taken = await this.#taken.get(id);
    this.#taken.delete(id);
    await taken?.close();
    await moveToTrash(this.#folder, id);
  }

  async restore(id: string): Promise<void> {
    const { deleted } = await this.find(id);
    if (deleted) await restoreFromTrash(this.#folder, 'run', id);
  }

  async close(): Promise<void> {
    const runs = await Promise.allSettled(this.#taken.values());
    await Promise.all(runs.map((run) => (run.status === 'fulfilled' ? run.value.close() : null)));
    this.#taken.clear();
  }

  async #take(id: string, folder: string, experiment: () => string): Promise<LoggedRun> {
    const result = await this.#records.read(id);
    if ('damaged' in result) throw invalid(`${folder} is damaged: ${result.damaged.reason}`);
    const { record } = result;
    // A state that reads as running has an owner who lives; one of this process would be among the taken.
    if (record.state === 'running' && record.owner.pid !== process.pid)
      throw new MlflowError('RESOURCE_CONFLICT', `run ${id} is being written by another server`);
    return LoggedRun.take(folder, record, experiment, this.#clock);
  }

  async #look(id: string, deleted: boolean): Promise<FoundRun | null> {
    if (!isWholeId(id)) return null;
    const folder = deleted ? join(this.#folder, '.deleted', id) : join(this.#folder, id);
    const taken = deleted ? undefined : this.#taken.get(id);
    if (taken && (await exists(folder))) return { id, folder, deleted, state: (await taken).state };
    const file = await stat(join(folder, journalName)).catch(() => null);
    if (file === null) return null;
    const known = this.#read.get(id);
    if (known?.size === file.size) return { id, folder, deleted, state: known.state };
    const read = await readJournal(folder);
    if (read === null || read.entries.length === 0) return null;
    const state = stateOf(read.entries);
    this.#read.set(id, { size: file.size, state });
    return { id, folder, deleted, state };
  }
}
