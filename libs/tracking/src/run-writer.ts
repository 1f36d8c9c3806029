import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';
import type { EpochRecord, PredictionRow, Summary } from '@thaw/experiment';
import { AppendFile } from './files/append-file.ts';
import { startHeartbeat } from './files/heartbeat.ts';
import type { Clock } from './files/heartbeat.ts';
import { formatJsonLines } from './files/json-lines.ts';
import { predictionsFile } from './records/prediction-row.ts';
import { writeGroups, type KeptGroups } from './files/kept-groups.ts';
import type { PredictedSplit } from './records/prediction-row.ts';
import { RecordFile } from './files/record-file.ts';
import type { RunRecord } from './records/run-record.ts';
import { usageFile, type UsageRecord } from './records/usage-record.ts';
import type { RunWriter } from './run-store.ts';

/** Writes one run into its folder. */
export class FileRunWriter implements RunWriter {
  readonly id: string;
  readonly folder: string;
  readonly modelFolder: string;
  readonly #file: RecordFile<RunRecord>;
  readonly #clock: Clock;
  readonly #stopHeartbeat: () => Promise<void>;
  readonly #metrics: AppendFile;
  readonly #usage: AppendFile;
  readonly #log: AppendFile;
  #ended: Promise<void> | null = null;

  /** `folder` holds the run's first `run.json` already. */
  constructor(folder: string, record: RunRecord, clock: Clock) {
    this.id = record.id;
    this.folder = folder;
    this.modelFolder = join(folder, 'model');
    this.#file = new RecordFile(join(folder, 'run.json'), record);
    this.#clock = clock;
    this.#stopHeartbeat = startHeartbeat(folder, clock);
    this.#metrics = new AppendFile(join(folder, 'metrics.jsonl'));
    this.#usage = new AppendFile(join(folder, usageFile));
    this.#log = new AppendFile(join(folder, 'log.txt'));
  }

  /** To `metrics.jsonl`. */
  logEpoch(record: EpochRecord): void {
    this.#append(this.#metrics, formatJsonLines([record]));
  }

  /** To `system.jsonl`. */
  logUsage(record: UsageRecord): void {
    this.#append(this.#usage, formatJsonLines([record]));
  }

  /** To `log.txt`. */
  log(line: string): void {
    this.#append(this.#log, `${this.#clock().toISOString()} ${line}\n`);
  }

  async flush(): Promise<void> {
    await this.#metrics.flush();
  }

  async addProvenance(facts: Record<string, unknown>): Promise<void> {
    if (this.#ended !== null) throw this.#endedError();
    await this.#file.update({ provenance: { ...this.#file.data.provenance!, ...facts } });
  }

  async seal(): Promise<void> {
    if (this.#ended !== null) throw this.#endedError();
    await this.#file.update({ sealed: true });
  }

  async writePredictions(split: PredictedSplit, rows: readonly PredictionRow[]): Promise<void> {
    await writeFileAtomic(join(this.folder, predictionsFile(split)), formatJsonLines(rows));
  }

  async writeGroups(groups: KeptGroups): Promise<void> {
    await writeGroups(this.folder, groups);
  }

  finish(summary: Summary, classes: readonly string[] | null): Promise<void> {
    return this.#end({ state: 'finished', summary, classes: classes && [...classes] });
  }

  prune(summary: Summary, classes: readonly string[] | null): Promise<void> {
    return this.#end({ state: 'pruned', summary, classes: classes && [...classes] });
  }

  fail(message: string): Promise<void> {
    return this.#end({ state: 'failed', error: message });
  }

  interrupt(): Promise<void> {
    return this.#end({ state: 'interrupted' });
  }

  #end(patch: Partial<RunRecord>): Promise<void> {
    this.#ended ??= this.#close(patch).catch((error: unknown) => {
      // It has not ended while its record does not say so.
      this.#ended = null;
      throw error;
    });
    return this.#ended;
  }

  async #close(patch: Partial<RunRecord>): Promise<void> {
    const now = this.#clock();
    const seconds = (now.getTime() - Date.parse(this.#file.data.created)) / 1000;
    // What could not be written is no reason to leave the run without its end.
    await Promise.allSettled([this.#metrics, this.#usage, this.#log].map((file) => file.close()));
    await this.#file.update({ ...patch, finished: now.toISOString(), seconds });
    await this.#stopHeartbeat();
  }

  #append(file: AppendFile, text: string): void {
    if (this.#ended !== null) throw this.#endedError();
    file.append(text);
  }

  #endedError(): Error {
    return new Error(`run ${this.id} has ended`);
  }
}
