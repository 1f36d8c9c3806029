import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { annotationsName, changesName } from './annotations/annotations-file.ts';
import type { RunRow } from './query/run-row.ts';
import type { Damaged } from './files/read-record.ts';
import { digestRun, IndexedRun, type ListedRun, type RunDigest, type RunEntry } from './files/indexed-run.ts';
import type { KeptRecords } from './files/kept-records.ts';
import { reconcile } from './reconcile.ts';
import type { RecordFolders } from './files/record-folders.ts';
import { RecordIndex } from './files/record-index.ts';
import { asItsSweepKnows, mayHaveDied, silentDeaths, type SilentDeaths } from './silent-deaths.ts';
import type { RunRecord } from './records/run-record.ts';
import type { StoredSweep, SweepRecord } from './records/sweep-record.ts';

/** What has changed in a table of runs since a version of it. */
export interface RowChanges {
  readonly version: number;
  readonly rows: readonly RunRow[];
  readonly removed: readonly string[];
}

const freshForMs = 300;

/** So many complete runs are looked at again at each refresh, which takes some milliseconds. */
const completeAtOnce = 500;

/**
 * All runs and sweeps in memory, for readers that ask again and again: `refresh` reads from disk what may have changed since
 * (new folders, records that nobody has ended or that were damaged since, annotations). The files stay the only truth; what was
 * read of runs that have ended is kept for the next process (`KeptRecords`).
 */
export class StoreIndex {
  readonly #runsFolder: string;
  readonly #runs: RecordIndex<RunRecord, RunDigest, IndexedRun>;
  readonly #sweeps: RecordIndex<StoredSweep, StoredSweep, StoredSweep>;
  readonly #versions = new Map<string, number>();
  readonly #removed = new Map<string, number>();
  #deaths: SilentDeaths = new Map();
  #version = 0;
  #annotationsRead = 0;
  #refreshing: Promise<void> | null = null;
  #refreshed = -Infinity;
  /** Whether something was written since the refresh began that is under way. */
  #expired = false;

  constructor(
    runsFolder: string,
    runs: RecordFolders<RunRecord>,
    sweeps: RecordFolders<StoredSweep>,
    file: KeptRecords,
  ) {
    this.#runsFolder = runsFolder;
    this.#runs = new RecordIndex(runs, {
      digest: digestRun,
      keep: (digest) => new IndexedRun(digest),
      beside: [annotationsName],
      file,
    });
    this.#sweeps = new RecordIndex(sweeps, {
      digest: (sweep) => Promise.resolve(sweep),
      keep: (sweep) => sweep,
    });
  }

  /** Brings the index up to date. Calls within 0.3 s of a refresh, or while one is under way that has not expired, share it. */
  async refresh(): Promise<void> {
    while (this.#refreshing !== null && this.#expired) await this.#refreshing;
    if (this.#refreshing === null && performance.now() - this.#refreshed < freshForMs) return;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
      this.#refreshed = this.#expired ? -Infinity : performance.now();
      this.#expired = false;
    });
    return this.#refreshing;
  }

  /** The runs alone as the disk has them now, for those who ask once. */
  async readRuns(): Promise<void> {
    await this.#runs.refresh(Infinity);
    // Most stores have none, and their sweeps need not be read.
    if (!this.#runs.all().some(({ run }) => mayHaveDied(run))) return;
    await this.#sweeps.refresh(Infinity);
    this.#learnDeaths();
  }

  /** Has the next `refresh` look at the disk, though the last one was just now, or is under way and may have looked before. */
  expire(): void {
    this.#refreshed = -Infinity;
    this.#expired = this.#refreshing !== null;
  }

  /** Counts the changes that `refresh` has found. */
  get version(): number {
    return this.#version;
  }

  /** The rows that differ from those of `version`, and the runs that are gone; all rows for version 0 or an unknown one. */
  changes(version: number): RowChanges {
    const since = version > this.#version ? 0 : version;
    const rows = this.runs().flatMap((each) =>
      (this.#versions.get(each.run.id) ?? 0) > since ? [each.row] : [],
    );
    const removed = since === 0 ? [] : [...this.#removed].flatMap(([id, at]) => (at > since ? [id] : []));
    return { version: this.#version, rows, removed };
  }

  /** One run's; undefined where there is none that can be read. */
  row(id: string): RunRow | undefined {
    const run = this.#runs.get(id);
    return run && this.#entry(run).row;
  }

  /** Oldest first. */
  rows(): RunRow[] {
    return this.runs().map(({ row }) => row);
  }

  /** What lists show of runs, in the order of `rows`; a row is made when it is asked for. */
  runs(): readonly RunEntry[] {
    return this.#runs.all().map((each) => this.#entry(each));
  }

  #entry(each: IndexedRun): RunEntry {
    const run = asItsSweepKnows(each.run, this.#deaths);
    if (run === each.run) return each;
    const { state, error } = run;
    return {
      run,
      get row() {
        return { ...each.row, state, error };
      },
    };
  }

  /** Answers the runs of which something else is known now. */
  #learnDeaths(): string[] {
    const before = this.#deaths;
    const doubtful = [...this.#runsOfSweeps()].flatMap(([id, runs]) => {
      const sweep = id !== null && runs.some(mayHaveDied) ? this.#sweeps.get(id) : undefined;
      return sweep ? [reconcile(sweep, runs)] : [];
    });
    this.#deaths = silentDeaths(doubtful);
    const all = new Set([...before.keys(), ...this.#deaths.keys()]);
    return [...all].filter(
      (id) => before.has(id) !== this.#deaths.has(id) || before.get(id) !== this.#deaths.get(id),
    );
  }

  /** Oldest first. */
  sweeps(): SweepRecord[] {
    const runsOf = this.#runsOfSweeps();
    return this.#sweeps.all().map((sweep) => reconcile(sweep, runsOf.get(sweep.id) ?? []));
  }

  /** In one go: a look at all runs for each sweep would be work by sweeps times runs. */
  #runsOfSweeps(): ReadonlyMap<string | null, readonly ListedRun[]> {
    const runsOf = new Map<string | null, ListedRun[]>();
    for (const { run } of this.#runs.all()) {
      const known = runsOf.get(run.sweep);
      if (known) known.push(run);
      else runsOf.set(run.sweep, [run]);
    }
    return runsOf;
  }

  /** One sweep with what became of its trials; undefined where there is none that can be read. */
  sweep(id: string): SweepRecord | undefined {
    const sweep = this.#sweeps.get(id);
    const runs = this.#runs.all().flatMap(({ run }) => (run.sweep === id ? [run] : []));
    return sweep && reconcile(sweep, runs);
  }

  damaged(): { runs: Damaged[]; sweeps: Damaged[] } {
    return { runs: this.#runs.damaged(), sweeps: this.#sweeps.damaged() };
  }

  async #refresh(): Promise<void> {
    await this.#sweeps.refresh(Infinity);
    const { changed, removed } = await this.#runs.refresh(completeAtOnce);
    const annotated = await this.#annotated();
    for (const id of annotated) if (this.#runs.get(id)) await this.#runs.reread(id);
    const touched = [...new Set([...changed, ...annotated, ...this.#learnDeaths()])];
    if (touched.length + removed.length === 0) return;
    this.#version++;
    for (const id of [...touched, ...removed]) {
      // What has become damaged has no row any more.
      const [to, from] = this.#runs.get(id)
        ? [this.#versions, this.#removed]
        : [this.#removed, this.#versions];
      to.set(id, this.#version);
      from.delete(id);
    }
  }

  /** Runs whose annotations have changed since the last look. */
  async #annotated(): Promise<string[]> {
    const text = await readFile(join(this.#runsFolder, changesName), 'utf8').catch(() => '');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const added = this.#version === 0 ? '' : whole.slice(this.#annotationsRead);
    this.#annotationsRead = whole.length;
    return [...new Set(added.split('\n').filter((id) => id !== ''))];
  }
}
