import { longestTimerMs } from '@thaw/base';

/** Time that work may take: what is left of it, and signals that end what would take longer. */
export class Budget {
  readonly seconds: number;
  readonly #clock: () => number;
  readonly #begun: number;

  /** `clock` counts milliseconds; the time begins now. */
  constructor(seconds: number, clock: () => number) {
    this.seconds = seconds;
    this.#clock = clock;
    this.#begun = clock();
  }

  get spent(): number {
    return (this.#clock() - this.#begun) / 1000;
  }

  get left(): number {
    return Math.max(0, this.seconds - this.spent);
  }

  /** Aborts once no more than `reserve` seconds are left. */
  signal(reserve: number): AbortSignal {
    const ms = Math.ceil(1000 * Math.max(0, this.left - reserve));
    return AbortSignal.timeout(Math.min(ms, longestTimerMs));
  }
}
