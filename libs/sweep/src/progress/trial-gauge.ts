import { duration, fixed, median, sum } from '@thaw/base';
import type { EpochRecord } from '@thaw/experiment';
import type { TrialEvent, TrialJob } from '../executors/executor.ts';
import type { Gauge } from './gauge.ts';

/** How far one trial is, from its events. Times are milliseconds of one clock. */
export class TrialGauge implements Gauge {
  readonly job: TrialJob;
  readonly begun: number;
  #phase = 'starting';
  #phaseBegun: number;
  #done = 0;
  #total = 0;
  #rate: number | null = null;
  #epochs: EpochRecord | null = null;
  #epochSeconds = 0;
  /** Epochs of each fold so far. */
  readonly #ofFolds: number[] = [];

  constructor(job: TrialJob, now: number) {
    this.job = job;
    this.begun = now;
    this.#phaseBegun = now;
  }

  update(event: TrialEvent, now: number): void {
    switch (event.type) {
      case 'run':
        this.#beginAnew(now);
        return;
      case 'epoch':
        this.#enter('training', now);
        this.#noteEpoch(event.record);
        return;
      case 'batch':
        this.#enter('training', now);
        [this.#done, this.#total, this.#rate] = [event.done, event.total, event.imagesPerSecond];
        return;
      case 'phase':
        // What is over when it is first heard of (all features in the cache) would only flicker.
        if (event.name !== this.#phase && event.done === event.total) return;
        this.#enter(event.name, now);
        [this.#done, this.#total] = [event.done, event.total];
    }
  }

  /** Another attempt tells again what an earlier one has told. */
  #beginAnew(now: number): void {
    [this.#phase, this.#phaseBegun] = ['starting', now];
    [this.#done, this.#total, this.#rate] = [0, 0, null];
    [this.#epochs, this.#epochSeconds] = [null, 0];
    this.#ofFolds.length = 0;
  }

  #noteEpoch(record: EpochRecord): void {
    const { epoch, fold = 1, fold_epoch: ofFold = epoch } = record;
    this.#epochs = record;
    this.#ofFolds[fold - 1] = ofFold;
    this.#epochSeconds += record.seconds;
    [this.#done, this.#rate] = [0, record.images_per_second];
  }

  /** Phases may come again: features of augmented images are computed before every epoch. */
  #enter(phase: string, now: number): void {
    if (phase === this.#phase) return;
    [this.#phase, this.#phaseBegun, this.#rate] = [phase, now, null];
  }

  get #folds(): number {
    const { folds = 1, repeats = 1 } = this.job.settings.split;
    return folds * repeats;
  }

  /** Whether folds have ended, which say how many epochs one takes. */
  get #isKnown(): boolean {
    return this.#ofFolds.length > 1;
  }

  /** Epochs of the trial in all: as folds that ended took, in the median; before, as many as it may take. */
  get #all(): number {
    const { epochs } = this.job.settings.training;
    const ended = this.#ofFolds.slice(0, -1);
    if (!this.#isKnown) return this.#folds * epochs;
    const usual = median(ended);
    const now = Math.max(usual, this.#ofFolds.at(-1)!);
    return sum(ended) + now + (this.#folds - this.#ofFolds.length) * usual;
  }

  /** 0 to 1 of the phase; while it trains, of all epochs. */
  fraction(): number {
    const part = this.#total > 0 ? this.#done / this.#total : 0;
    if (this.#phase !== 'training') return part;
    return Math.min(1, ((this.#epochs?.epoch ?? 0) + part) / this.#all);
  }

  /** Until the phase ends; null as long as nothing can be said. Early stopping may end training before. */
  secondsLeft(now: number): number | null {
    if (this.#phase === 'training') {
      if (!this.#epochs || this.fraction() === 1) return null;
      const epochs = this.#all * (1 - this.fraction());
      return (epochs * this.#epochSeconds) / this.#epochs.epoch;
    }
    const fraction = this.fraction();
    const elapsed = (now - this.#phaseBegun) / 1000;
    return fraction > 0 && fraction < 1 ? (elapsed * (1 - fraction)) / fraction : null;
  }

  text(now: number): string {
    return `trial ${this.job.number}  ${this.doing(now)}`;
  }

  /** Phase, epoch, loss, accuracy, rate and time left, without what is not known yet. */
  doing(now: number): string {
    const { training: settings, split } = this.job.settings;
    const training = this.#phase === 'training';
    const left = this.secondsLeft(now);
    const record = this.#epochs;
    return [
      this.#phase,
      training && split.folds !== undefined && `fold ${record?.fold ?? 1}/${this.#folds}`,
      training &&
        `epoch ${Math.min(settings.epochs, (record?.fold_epoch ?? record?.epoch ?? 0) + 1)}/${settings.epochs}`,
      !training && this.#total > 0 && `${this.#done}/${this.#total}`,
      record && `loss ${fixed(record.loss, 4)} accuracy ${fixed(record.accuracy, 4)}`,
      record && `val loss ${fixed(record.val_loss, 4)} accuracy ${fixed(record.val_accuracy, 4)}`,
      training && this.#rate !== null && `${fixed(this.#rate, 0)} images/s`,
      left !== null && `${training ? (this.#isKnown ? 'about ' : 'at most ') : ''}${duration(left)} left`,
    ]
      .filter((part) => typeof part === 'string')
      .join('  ');
  }
}
