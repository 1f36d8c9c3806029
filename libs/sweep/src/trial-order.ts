import type { Settings } from '@thaw/experiment';
import type { Trial } from '@thaw/search';
import type { TrialRecord } from '@thaw/tracking';
import { isTrialJob, type Job, type TrialJob } from './executors/executor.ts';

/** A trial that the sampler has asked for and that has not begun. */
export interface AskedTrial<J extends Job = TrialJob> {
  readonly trial: Trial & { readonly reports: number[] };
  readonly job: J;
  /** What former sessions know of it; null for a new one. */
  readonly earlier: TrialRecord | null;
}

/** Whether what a trial computes for others, too, is under way (`computing`) or in the cache (`training`). */
type Stage = 'computing' | 'training';

/**
 * Chooses the next trial so that a frozen part is computed once and nobody waits for it: a trial that needs what a running one
 * is computing is put aside while there are others to begin.
 */
export class TrialOrder<J extends Job = TrialJob> {
  readonly #ask: () => AskedTrial<J> | null;
  readonly #lookAhead: number;
  readonly #aside: AskedTrial<J>[] = [];
  readonly #running = new Map<number, { readonly job: J; stage: Stage }>();

  /** `ask` gives the sampler's next trial; at most `lookAhead` wait at a time. */
  constructor(ask: () => AskedTrial<J> | null, lookAhead: number) {
    this.#ask = ask;
    this.#lookAhead = lookAhead;
  }

  /** The trial to begin now, null when there is none. Where all are to wait, the first of them: its process can start meanwhile. */
  next(): AskedTrial<J> | null {
    const next = this.#choose();
    if (next) this.#running.set(next.trial.number, { job: next.job, stage: 'computing' });
    return next;
  }

  /** The trial trains: what is frozen in it is in the cache, but for the views of further epochs. */
  trains(number: number): void {
    const running = this.#running.get(number);
    if (running) running.stage = 'training';
  }

  ended(number: number): void {
    this.#running.delete(number);
  }

  #choose(): AskedTrial<J> | null {
    const place = this.#aside.findIndex((asked) => this.#isFree(asked));
    if (place >= 0) return this.#aside.splice(place, 1)[0]!;
    for (;;) {
      const asked = this.#ask();
      if (asked === null || this.#isFree(asked)) return asked ?? this.#aside.shift() ?? null;
      this.#aside.push(asked);
      if (this.#aside.length > this.#lookAhead) return this.#aside.shift()!;
    }
  }

  #isFree({ job }: AskedTrial<J>): boolean {
    if (!isTrialJob(job)) return true;
    const rows = frozenRows(job.settings);
    const views = augmentedViews(job.settings);
    for (const { job: running, stage } of this.#running.values()) {
      if (!isTrialJob(running)) continue;
      const other = running.settings;
      if (rows !== null && stage === 'computing' && frozenRows(other) === rows) return false;
      if (views !== null && augmentedViews(other) === views) return false;
    }
    return true;
  }
}

/** Equal for trials that share what the frozen part makes of images; null where nothing is frozen. */
function frozenRows({ dataset, model, training }: Settings): string | null {
  if (model.scenario === 'from_scratch' || model.scenario === 'full_fine_tune') return null;
  const seed = model.weights === 'random' ? training.seed : null;
  const body = Object.entries(model).filter(([key]) => !key.startsWith('head_'));
  return JSON.stringify([dataset, body, seed]);
}

/** Equal for trials that share each epoch's augmented views, too; null where nothing is augmented or frozen. */
function augmentedViews(settings: Settings): string | null {
  const rows = settings.augmentation ? frozenRows(settings) : null;
  return rows && JSON.stringify([rows, settings.augmentation, settings.training.seed]);
}
