import { join } from 'node:path';
import { startHeartbeat } from './files/heartbeat.ts';
import type { Clock } from './files/heartbeat.ts';
import type { LeakageRecord } from './records/leakage-record.ts';
import { RecordFile } from './files/record-file.ts';
import { onStopRequest } from './files/stop-request.ts';
import type { SweepWriter } from './run-store.ts';
import { writeSweepImages, type SweepImages } from './files/sweep-images.ts';
import type { StoredSweep, StoredTrial, SweepState } from './records/sweep-record.ts';
import { TrialJournal } from './files/trial-journal.ts';

/** Writes one sweep into its folder. */
export class FileSweepWriter implements SweepWriter {
  readonly id: string;
  readonly folder: string;
  /** The experiment as the user wrote it. */
  readonly experimentFile: string;
  readonly #file: RecordFile<StoredSweep>;
  readonly #trials: Map<number, StoredTrial>;
  readonly #journal: TrialJournal;
  readonly #clock: Clock;
  readonly #begun: Date;
  readonly #stopHeartbeat: () => Promise<void>;
  #forgetStop: () => void = () => undefined;
  #ended: Promise<void> | null = null;

  /** `folder` holds this `sweep.json` and `experiment.yaml` already; the journal's file is new. */
  constructor(folder: string, sweep: StoredSweep & { journal: string }, clock: Clock) {
    this.id = sweep.id;
    this.folder = folder;
    this.experimentFile = join(folder, 'experiment.yaml');
    this.#file = new RecordFile<StoredSweep>(join(folder, 'sweep.json'), sweep);
    this.#trials = new Map(sweep.trials.map((trial) => [trial.number, trial]));
    this.#journal = new TrialJournal(folder, sweep.journal);
    this.#clock = clock;
    this.#begun = clock();
    this.#stopHeartbeat = startHeartbeat(folder, clock);
  }

  async addTrial(trial: Pick<StoredTrial, 'number' | 'run' | 'parameters'>): Promise<void> {
    if (this.#trials.has(trial.number)) {
      throw new Error(`sweep ${this.id} has a trial ${trial.number} already`);
    }
    this.#keep({ ...trial, error: null, attempts: [], interrupted: false });
  }

  async updateTrial(
    number: number,
    patch: Partial<Pick<StoredTrial, 'run' | 'error' | 'attempts'>>,
  ): Promise<void> {
    const trial = this.#trials.get(number);
    if (!trial) throw new Error(`sweep ${this.id} has no trial ${number}`);
    this.#keep({ ...trial, ...patch });
  }

  async setLeakage(leakage: readonly LeakageRecord[] | null): Promise<void> {
    await this.#file.update({ leakage: leakage && [...leakage] });
  }

  async setTestSets(hashes: readonly string[]): Promise<void> {
    await this.#file.update({ test_sets: [...hashes] });
  }

  setImages(images: readonly SweepImages[]): Promise<void> {
    return writeSweepImages(this.folder, images);
  }

  finish(state: Exclude<SweepState, 'running'>): Promise<void> {
    this.#ended ??= this.#close(state);
    return this.#ended;
  }

  onStopRequest(listener: () => void): () => void {
    this.#forgetStop = onStopRequest(this.folder, listener);
    return this.#forgetStop;
  }

  async #close(state: SweepState): Promise<void> {
    this.#forgetStop();
    const now = this.#clock();
    const before = this.#file.data.seconds ?? 0;
    const seconds = before + (now.getTime() - this.#begun.getTime()) / 1000;
    const trials = [...this.#trials.values()];
    await this.#file.update({ state, finished: now.toISOString(), seconds, trials, journal: null });
    await this.#journal.remove();
    await this.#stopHeartbeat();
  }

  #keep(trial: StoredTrial): void {
    if (this.#ended !== null) throw new Error(`sweep ${this.id} has ended`);
    this.#journal.append(trial);
    this.#trials.set(trial.number, trial);
  }
}
