import { duration } from '@thaw/base';

/** How far a sweep is. Times are milliseconds of one clock. */
export class SweepGauge {
  readonly #trials: number;
  readonly #begun: number;
  #ended = 0;

  constructor(trials: number, now: number) {
    this.#trials = trials;
    this.#begun = now;
  }

  trialEnded(): void {
    this.#ended++;
  }

  fraction(): number {
    return this.#trials === 0 ? 1 : this.#ended / this.#trials;
  }

  /** From the rate so far, so that the number of workers needs no thought; null before the first trial has ended. */
  secondsLeft(now: number): number | null {
    if (this.#ended === 0 || this.#trials === Number.POSITIVE_INFINITY) return null;
    return (((now - this.#begun) / 1000) * (this.#trials - this.#ended)) / this.#ended;
  }

  text(now: number): string {
    const left = this.secondsLeft(now);
    const time = left === null || this.#ended === this.#trials ? '' : `, about ${duration(left)} left`;
    const of = this.#trials === Number.POSITIVE_INFINITY ? '' : `/${this.#trials}`;
    return `${this.#ended}${of} trials${time}`;
  }
}
