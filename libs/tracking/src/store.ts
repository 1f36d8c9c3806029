import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import { exists, mapConcurrently, UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import { annotate, noteChange, readAnnotations } from './annotations/annotations-file.ts';
import {
  deletedSweep,
  emptySweepTrash,
  moveSweepToTrash,
  restoreSweepFromTrash,
  type DeletedSweep,
} from './annotations/deleted-sweep.ts';
import {
  deletedRun,
  emptyTrash,
  inTrash,
  moveToTrash,
  restoreFromTrash,
  type DeletedRun,
} from './annotations/trash.ts';
import type { GapDocument } from './records/gap-document.ts';
import { amendRecord } from './files/amend-record.ts';
import type { ForecastRecord, OpeningRecord } from './records/forecast-record.ts';
import { formatJsonLines } from './files/json-lines.ts';
import { beat } from './files/heartbeat.ts';
import type { Clock } from './files/heartbeat.ts';
import { newJournal } from './files/ids.ts';
import { nameInRunId, nameInSweepId } from './files/name-in-id.ts';
import { importedRecord, writeImported, type ImportedRun } from './import/imported-run.ts';
import { readGroups, writeGroups, type KeptGroups } from './files/kept-groups.ts';
import { KeptRecords } from './files/kept-records.ts';
import { newestRecords, type NewestRecords } from './files/newest-records.ts';
import { newRunRecord, type NewRun } from './records/new-run.ts';
import { newSweepRecord, type NewSweep } from './records/new-sweep.ts';
import { thisProcess } from './files/owner.ts';
import { predictionsFile, type PredictedSplit } from './records/prediction-row.ts';
import type { Damaged } from './files/read-record.ts';
import { readRow } from './files/read-row.ts';
import { forNextSession, reconcile } from './reconcile.ts';
import { AtomicJSONFile } from './files/record-file.ts';
import { RecordFolders } from './files/record-folders.ts';
import { readEpochs, readEpochsFrom, readGap, readPredictions, readUsage } from './files/run-documents.ts';
import { runSchema } from './records/run-record.ts';
import type { RunRecord } from './records/run-record.ts';
import type { UsageRecord } from './records/usage-record.ts';
import type { RunStore, TestFigures } from './run-store.ts';
import { FileRunWriter } from './run-writer.ts';
import { forgetStopRequest, requestStop, type StopRequest } from './files/stop-request.ts';
import { asItsSweepKnows, mayHaveDied, silentDeaths } from './silent-deaths.ts';
import { StoreIndex } from './store-index.ts';
import type { Annotations, AnnotationsChange, RunRow } from './query/run-row.ts';
import { readSweepImages, type SweepImages } from './files/sweep-images.ts';
import { storedSweepSchema } from './records/sweep-record.ts';
import type { StoredSweep, SweepRecord } from './records/sweep-record.ts';
import { FileSweepWriter } from './sweep-writer.ts';
import { withJournal } from './files/trial-journal.ts';

/**
 * Opens the runs and sweeps under `runsDir`, which need not exist yet. A file at `runsDir` is a UserError. Damaged or foreign
 * records never keep the others from being read.
 */
export function openStore(runsDir: string, clock: Clock = () => new Date()): FileStore {
  if (isFile(runsDir)) {
    throw new UserError(`the runs folder ${runsDir} is a file, not a folder`, {
      remedy: { do: 'choose', what: 'runs folder' },
    });
  }
  return new FileStore(runsDir, clock);
}

/** Runs and sweeps in folders of plain files, each written by the one process that owns it. */
export class FileStore implements RunStore {
  readonly #runs: RecordFolders<RunRecord>;
  readonly #sweeps: RecordFolders<StoredSweep>;
  readonly #runsFolder: string;
  readonly #sweepsFolder: string;
  readonly #clock: Clock;

  constructor(runsDir: string, clock: Clock) {
    this.#runsFolder = join(runsDir, 'runs');
    this.#runs = new RecordFolders(this.#runsFolder, 'run', runSchema, clock);
    this.#sweepsFolder = join(runsDir, 'sweeps');
    this.#sweeps = new RecordFolders(this.#sweepsFolder, 'sweep', storedSweepSchema, clock, withJournal);
    this.#clock = clock;
  }

  async createSweep(sweep: NewSweep): Promise<FileSweepWriter> {
    if (sweep.id !== undefined && (await exists(this.#sweeps.folder(sweep.id))))
      throw new UserError(`there is a sweep ${sweep.id} already`, { kind: 'conflict' });
    const record = await this.#sweeps.create(
      () => newSweepRecord(sweep, this.#clock()),
      (temporary) => writeFile(join(temporary, 'experiment.yaml'), sweep.experimentText),
    );
    return new FileSweepWriter(
      this.#sweeps.folder(record.id),
      { ...record, journal: record.journal! },
      this.#clock,
    );
  }

  async resumeSweep(query: string): Promise<FileSweepWriter> {
    const { id } = await this.#sweeps.find(query);
    const folder = this.#sweeps.folder(id);
    // Of two processes that resume one sweep the second waits, and then finds it running.
    return withFileLock(join(folder, 'resuming'), async () => {
      const { state, trials } = await this.sweep(id);
      if (state === 'running') {
        throw new UserError(`sweep ${id} is still running; it can be resumed when it has ended`, {
          kind: 'conflict',
        });
      }
      const record = {
        ...(await this.#sweeps.find(id)),
        state: 'running' as const,
        // Of its own: that of a session that was killed may end in the middle of a line.
        journal: newJournal(),
        finished: null,
        owner: thisProcess(),
        trials: forNextSession(trials),
      };
      await forgetStopRequest(folder);
      await beat(folder, this.#clock);
      await new AtomicJSONFile<StoredSweep>(this.#sweeps.file(folder)).write(record);
      return new FileSweepWriter(folder, record, this.#clock);
    });
  }

  async createRun(run: NewRun): Promise<FileRunWriter> {
    const record = await this.#runs.create(
      () => newRunRecord(run, this.#clock()),
      () => Promise.resolve(),
    );
    return new FileRunWriter(this.#runs.folder(record.id), record, this.#clock);
  }

  async importRun(run: ImportedRun): Promise<RunRecord> {
    return this.#runs.create(
      () => importedRecord(run, this.#clock()),
      (temporary) => writeImported(temporary, run),
    );
  }

  /** All runs and sweeps in memory, for those who ask again and again. */
  index(): StoreIndex {
    const file = new KeptRecords(join(this.#runsFolder, '../cache/records/runs.jsonl'), this.#clock);
    return new StoreIndex(this.#runsFolder, this.#runs, this.#sweeps, file);
  }

  async annotate(query: string, change: AnnotationsChange): Promise<Annotations> {
    return annotate(this.#runs.folder(await this.#runs.idOf(query)), change);
  }

  async annotations(query: string): Promise<Annotations> {
    return readAnnotations(this.#runs.folder(await this.#runs.idOf(query)));
  }

  async deleteRun(query: string): Promise<string> {
    const { id, state } = await this.#runs.find(query);
    if (state === 'running')
      throw new UserError(`run ${id} is still running; it can be deleted when it has ended`, {
        kind: 'conflict',
      });
    await moveToTrash(this.#runsFolder, id);
    return id;
  }

  async restoreRun(id: string): Promise<void> {
    await restoreFromTrash(this.#runsFolder, 'run', id);
  }

  async deletedRuns(): Promise<DeletedRun[]> {
    const ids = await inTrash(this.#runsFolder);
    return mapConcurrently(ids, 4, (id) => deletedRun(this.#runsFolder, id));
  }

  async purgeRuns(ids: readonly string[]): Promise<void> {
    await emptyTrash(this.#runsFolder, ids);
  }

  async requestStop(query: string): Promise<StopRequest> {
    const { id, state } = await this.#sweeps.find(query);
    if (state !== 'running')
      throw new UserError(`sweep ${id} is not running: it is ${state}`, { kind: 'conflict' });
    return requestStop(this.#sweeps.folder(id), id);
  }

  async deleteSweep(query: string, { runs }: { runs: boolean }): Promise<DeletedSweep> {
    const { id, state } = await this.#sweeps.find(query);
    const of = await this.#runsOf(id);
    if (state === 'running' || of.some((run) => run.state === 'running'))
      throw new UserError(`sweep ${id} is still running; it can be deleted when it has ended`, {
        kind: 'conflict',
      });
    await moveSweepToTrash(this.#folders, id, runs ? of.map((run) => run.id) : []);
    return deletedSweep(this.#folders, id);
  }

  async restoreSweep(id: string): Promise<string[]> {
    return restoreSweepFromTrash(this.#folders, id);
  }

  async deletedSweeps(): Promise<DeletedSweep[]> {
    const ids = await inTrash(this.#sweepsFolder);
    return mapConcurrently(ids, 4, (id) => deletedSweep(this.#folders, id));
  }

  async purgeSweeps(ids: readonly string[]): Promise<void> {
    await emptySweepTrash(this.#folders, ids);
  }

  get #folders() {
    return { sweepsFolder: this.#sweepsFolder, runsFolder: this.#runsFolder };
  }

  async runs(): Promise<{ runs: RunRecord[]; damaged: Damaged[] }> {
    const { records, damaged } = await this.#runs.all();
    return { runs: await this.#withDeaths(records), damaged };
  }

  /** Runs as their sweeps know them. */
  async #withDeaths(runs: readonly RunRecord[]): Promise<RunRecord[]> {
    const doubtful = new Set(runs.filter(mayHaveDied).map((run) => run.sweep));
    if (doubtful.size === 0) return [...runs];
    const { records } = await this.#sweeps.all((id) => doubtful.has(id));
    const sweeps = await mapConcurrently(records, 4, (sweep) => this.#reconciled(sweep));
    const deaths = silentDeaths(sweeps);
    return runs.map((run) => asItsSweepKnows(run, deaths));
  }

  /** The id of the sweep that a query names; a UserError where there is none. */
  async sweepId(query: string): Promise<string> {
    return this.#sweeps.idOf(query);
  }

  /** The newest runs, archived ones only where they are wanted, too; quick however many runs there are. */
  async newestRuns(count: number, archived: boolean): Promise<NewestRecords<RunRecord>> {
    const newest = await newestRecords(
      this.#runs,
      count,
      async ({ id }) => archived || !(await readAnnotations(this.#runs.folder(id))).archived,
    );
    return { ...newest, records: await this.#withDeaths(newest.records) };
  }

  async rows(runs: readonly RunRecord[]): Promise<RunRow[]> {
    return mapConcurrently(runs, 32, (run) => readRow(run, this.#runs.folder(run.id)));
  }

  async sweeps(): Promise<{ sweeps: SweepRecord[]; damaged: Damaged[] }> {
    const { records, damaged } = await this.#sweeps.all();
    const runsOf = new Map<string | null, RunRecord[]>();
    for (const sweep of records) runsOf.set(sweep.id, []);
    for (const run of (await this.#runs.all()).records) runsOf.get(run.sweep)?.push(run);
    return { sweeps: records.map((sweep) => reconcile(sweep, runsOf.get(sweep.id) ?? [])), damaged };
  }

  async run(query: string): Promise<RunRecord> {
    const [run] = await this.#withDeaths([await this.#runs.find(query)]);
    return run!;
  }

  async sweep(query: string): Promise<SweepRecord> {
    return this.#reconciled(await this.#sweeps.find(query));
  }

  async #reconciled(sweep: StoredSweep): Promise<SweepRecord> {
    return reconcile(sweep, await this.#runsOf(sweep.id, new Set(sweep.trials.map((trial) => trial.run))));
  }

  /** The runs that say they are of a sweep; `named` are those that it names itself. */
  async #runsOf(sweep: string, named: ReadonlySet<string | null> = new Set()): Promise<RunRecord[]> {
    const name = nameInSweepId(sweep);
    const { records } = await this.#runs.all((id) => named.has(id) || nameInRunId(id) === name);
    return records.filter((run) => run.sweep === sweep);
  }

  async unseal(query: string, rows: readonly PredictionRow[], figures: TestFigures): Promise<void> {
    const folder = this.#runs.folder((await this.#runs.find(query)).id);
    await writeFileAtomic(join(folder, predictionsFile('test')), formatJsonLines(rows));
    await amendRecord<RunRecord>(this.#runs.file(folder), runSchema, (run) => {
      return { ...run, sealed: false, summary: run.summary && { ...run.summary, ...figures } };
    });
    await noteChange(folder);
  }

  async noteOpening(query: string, opening: OpeningRecord): Promise<void> {
    await this.#amendSweep(query, (sweep) => ({ ...sweep, openings: [...sweep.openings, opening] }));
  }

  async keepForecast(query: string, forecast: ForecastRecord): Promise<void> {
    await this.#amendSweep(query, (sweep) => ({ ...sweep, forecast }));
  }

  async #amendSweep(query: string, change: (sweep: StoredSweep) => StoredSweep): Promise<void> {
    const { id, state } = await this.#sweeps.find(query);
    if (state === 'running') throw new UserError(`sweep ${id} is still running`, { kind: 'conflict' });
    await amendRecord<StoredSweep>(this.#sweeps.file(this.#sweeps.folder(id)), storedSweepSchema, change);
  }

  async sweepImages(query: string): Promise<SweepImages[] | null> {
    const { id } = await this.#sweeps.find(query);
    return readSweepImages(this.#sweeps.folder(id));
  }

  async metrics(runQuery: string): Promise<EpochRecord[]> {
    return readEpochs(this.#runs.folder(await this.#runs.idOf(runQuery)));
  }

  async metricsFrom(runQuery: string, cursor: number): Promise<{ epochs: EpochRecord[]; cursor: number }> {
    return readEpochsFrom(this.#runs.folder(await this.#runs.idOf(runQuery)), cursor);
  }

  async usage(runQuery: string): Promise<UsageRecord[]> {
    return readUsage(this.#runs.folder(await this.#runs.idOf(runQuery)));
  }

  async predictions(runQuery: string, split: PredictedSplit): Promise<PredictionRow[]> {
    const run = await this.run(runQuery);
    return readPredictions(this.#runs.folder(run.id), run, split);
  }

  async groups(runQuery: string): Promise<KeptGroups | null> {
    return readGroups(this.#runs.folder(await this.#runs.idOf(runQuery)));
  }

  async keepGroups(runQuery: string, groups: KeptGroups): Promise<void> {
    await writeGroups(this.#runs.folder(await this.#runs.idOf(runQuery)), groups);
  }

  /** The folder of a run that is there. */
  runFolder(id: string): string {
    return this.#runs.folder(id);
  }

  /** The folder of a sweep that is there. */
  sweepFolder(id: string): string {
    return this.#sweeps.folder(id);
  }

  /** Where `gap` writes what it measured of a run: `gap.json`, the report and its figures. */
  async gapFolder(runQuery: string): Promise<string> {
    return join(this.#runs.folder(await this.#runs.idOf(runQuery)), 'gap');
  }

  /** What `gap` measured of a run; null where it has not been asked. A UserError for a document that it did not write. */
  async gap(runQuery: string): Promise<GapDocument | null> {
    return readGap(await this.gapFolder(runQuery));
  }
}

function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    // Nothing there, or nothing that can be looked at: reading and writing say what is wrong with it.
    return false;
  }
}
