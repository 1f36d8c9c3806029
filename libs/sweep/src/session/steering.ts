import type { Crew } from '../crew.ts';

/** How a session of a sweep is steered while it runs, and before: what was asked for until then counts once it has a crew. */
export class Steering {
  readonly #abort = new AbortController();
  readonly #onStop: () => void;
  #crew: Crew | null = null;
  #workers: number | null = null;
  #isKilled = false;

  /** `onStop` is told once, when the session was asked to end. */
  constructor(onStop: () => void = () => undefined) {
    this.#onStop = onStop;
  }

  /** Aborted once the session was asked to end: no further trial begins. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** How many trials were asked to run at once; null where nobody has asked. */
  get workers(): number | null {
    return this.#workers;
  }

  /** Ends the session once the running epoch of each trial is over; they can be resumed. May be called again. */
  stop(): void {
    if (this.signal.aborted) return;
    this.#abort.abort();
    this.#crew?.stop();
    this.#onStop();
  }

  /** Ends it now. */
  kill(): void {
    this.stop();
    this.#isKilled = true;
    this.#crew?.kill();
  }

  /** Ends one trial once its running epoch is over; it runs again when the sweep is resumed. */
  stopTrial(number: number): void {
    this.#crew?.stopTrial(number);
  }

  /** From now on so many trials run at once. */
  resize(workers: number): void {
    this.#workers = workers;
    this.#crew?.resize(workers);
  }

  /** For the session, whose crew this is. */
  steer(crew: Crew): void {
    this.#crew = crew;
    if (this.#workers !== null) crew.resize(this.#workers);
    if (this.signal.aborted) crew.stop();
    if (this.#isKilled) crew.kill();
  }
}
