import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import { noteChange } from '../../annotations/annotations-file.ts';
import { AppendFile } from '../../files/append-file.ts';
import { startHeartbeat, type Clock } from '../../files/heartbeat.ts';
import { formatJsonLines, parseJsonLines } from '../../files/json-lines.ts';
import { thisProcess } from '../../files/owner.ts';
import { readGroups, writeGroups } from '../../files/kept-groups.ts';
import { RecordFile } from '../../files/record-file.ts';
import type { PredictedPart } from '../../import/prediction-table.ts';
import { predictionsFile, type PredictedSplit } from '../../records/prediction-row.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { entrySchema, journalName, type Entry } from './journal.ts';
import { applyEntry, beginState, type LoggedState } from './logged-state.ts';
import { recordedPart } from './recorded.ts';

/** How long a change may wait until the run's record, which tables show, tells of it. */
const recordedAfterMs = 300;

/** What the journal in a run's folder says; null where it has none. What breaks off at its end was never acknowledged. */
export async function readJournal(folder: string): Promise<{ entries: Entry[]; bytes: number } | null> {
  const path = join(folder, journalName);
  const text = await readIfThere(path);
  if (text === null) return null;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return { entries: parseJsonLines(whole, entrySchema, path), bytes: Buffer.byteLength(whole) };
}

/** The state that the lines of a journal add up to. */
export function stateOf(entries: readonly Entry[]): LoggedState {
  const state = beginState(entries[0]!.run!);
  for (const entry of entries) applyEntry(state, entry);
  return state;
}

/** A run that this process takes requests for: its journal, which holds all of it, and its record, which follows. */
export class LoggedRun {
  readonly state: LoggedState;
  readonly #folder: string;
  readonly #record: RecordFile<RunRecord>;
  readonly #experiment: () => string;
  readonly #clock: Clock;
  readonly #journal: AppendFile;
  #stopHeartbeat: (() => Promise<void>) | null = null;
  #recording: Promise<void> | null = null;

  private constructor(
    folder: string,
    state: LoggedState,
    record: RunRecord,
    experiment: () => string,
    clock: Clock,
  ) {
    this.#folder = folder;
    this.state = state;
    this.#record = new RecordFile(join(folder, 'run.json'), record);
    this.#experiment = experiment;
    this.#clock = clock;
    this.#journal = new AppendFile(join(folder, journalName));
  }

  /** Takes over the run in `folder`, whose journal may end in the middle of a line. `experiment` gives its experiment's name. */
  static async take(
    folder: string,
    record: RunRecord,
    experiment: () => string,
    clock: Clock,
  ): Promise<LoggedRun> {
    const { entries, bytes } = (await readJournal(folder))!;
    await truncate(join(folder, journalName), bytes);
    const run = new LoggedRun(folder, stateOf(entries), record, experiment, clock);
    await run.record();
    return run;
  }

  /** Keeps what a request changes; resolves when a killed server would not lose it. Checks come before, without waiting between. */
  async log(entry: Entry): Promise<void> {
    this.#journal.append(formatJsonLines([entry]));
    applyEntry(this.state, entry);
    this.#recording ??= this.#recordSoon();
    await this.#journal.flush();
    if (!entry.status && !entry.run_name && !entry.predicted) return;
    await this.record();
    // A run that has ended keeps no file open; the next line opens it again.
    if (this.#record.data.finished !== null) await this.#journal.close();
  }

  /** Keeps what was predicted for the images of a split, and which of them belong together, in place of what was kept of it before. */
  async keepPredictions(split: PredictedSplit, { rows, groups }: PredictedPart): Promise<void> {
    await writeFileAtomic(join(this.#folder, predictionsFile(split)), formatJsonLines(rows));
    const others = ((await readGroups(this.#folder))?.images ?? []).filter((image) => image.split !== split);
    const images = rows.map(({ file, label }, i) => ({
      path: file,
      split,
      class: label,
      group: groups?.[i] ?? '',
    }));
    if (groups || others.length > 0)
      await writeGroups(this.#folder, { origin: 'named', images: [...others, ...(groups ? images : [])] });
  }

  /** Has the record tell what the state is. */
  async record(): Promise<void> {
    const hadEnded = this.#record.data.finished !== null;
    const part = recordedPart(this.state, this.#experiment(), this.#clock());
    if (part.state === 'running') this.#stopHeartbeat ??= startHeartbeat(this.#folder, this.#clock);
    await this.#record.update({ ...part, owner: thisProcess() });
    if (part.state !== 'running') {
      await this.#stopHeartbeat?.();
      this.#stopHeartbeat = null;
    }
    // Those who have seen it ended look no more.
    if (hadEnded) await noteChange(this.#folder);
  }

  /** Writes what is left and lets go of the files; the run may be taken again. */
  async close(): Promise<void> {
    await this.#recording;
    await this.#journal.close();
    await this.#stopHeartbeat?.();
    this.#stopHeartbeat = null;
  }

  async #recordSoon(): Promise<void> {
    await new Promise((done) => setTimeout(done, recordedAfterMs).unref());
    this.#recording = null;
    // The journal has it: a record that could not be written is behind, not wrong.
    await this.record().catch(() => undefined);
  }
}
