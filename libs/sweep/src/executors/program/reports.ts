import type { EpochRecord } from '@thaw/experiment';
import type { RunWriter } from '@thaw/tracking';
import type { Served } from '../serve-trials.ts';
import type { Report } from './report.ts';

export interface ReportsOptions extends Pick<Served, 'send' | 'prune'> {
  readonly run: Pick<RunWriter, 'logEpoch'>;
  /** The metric of the sweep: each report of it is a step of the search. */
  readonly metric: string;
  /** Where the sweep ends the trial early; false where the program had ended by itself before. */
  readonly onPruned: () => boolean;
}

/** Keeps what a program reports, whichever way it comes, one report after another. */
export class Reports {
  readonly #options: ReportsOptions;
  #last: Record<string, number> = {};
  #step = 0;
  #steps = 0;
  #ofMetric = 0;
  #isOver = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** The last value of each metric. */
  get last(): Readonly<Record<string, number>> {
    return this.#last;
  }

  /** How many steps there were. */
  get steps(): number {
    return this.#steps;
  }

  /** Resolves once the report is kept and judged: with null, or with what is wrong with it. */
  add(report: Report): Promise<string | null> {
    const added = this.#queue.then(() => this.#add(report));
    this.#queue = added;
    return added;
  }

  async #add({ step, metrics }: Report): Promise<string | null> {
    // What it still says before it ends is in its output alone.
    if (this.#isOver) return null;
    const { run, metric, send, prune, onPruned } = this.#options;
    const at = step ?? this.#step + 1;
    if (this.#steps > 0 && at < this.#step) {
      return `found step ${at} after step ${this.#step}; allowed: steps that never go back, or no step`;
    }
    if (this.#steps === 0 || at > this.#step) this.#steps++;
    this.#step = at;
    this.#last = { ...this.#last, ...metrics };
    run.logEpoch(recordOf(metrics, at));
    if (!Object.hasOwn(metrics, metric)) return null;
    const record = recordOf(metrics, ++this.#ofMetric);
    send({ type: 'epoch', record });
    if (prune && (await prune(record))) this.#isOver = onPruned();
    return null;
  }
}

/** Metrics in the form in which epochs are kept, which names those of Thaw's own training. */
function recordOf(metrics: Report['metrics'], epoch: number): EpochRecord {
  return { ...metrics, epoch } as unknown as EpochRecord;
}
