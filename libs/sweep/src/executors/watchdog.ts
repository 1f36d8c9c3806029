import { longestTimerMs } from '@thaw/base';

/** How long a trial process may be silent. */
export interface Patience {
  /** Milliseconds without any sign of life: it is stopped, or its event loop is blocked. A large step in WebAssembly takes a minute. */
  readonly silenceMs: number;
  /** Milliseconds without a step forward, though it lives. */
  readonly standstillMs: number;
}

export const usualPatience: Patience = { silenceMs: 5 * 60_000, standstillMs: 15 * 60_000 };

const ticksPerLimit = 20;

/**
 * Notices that a process hangs. Counts ticks of its own timer and not time, because a terminal's Ctrl-Z and a laptop's lid stop
 * the watcher with the watched.
 */
export class Watchdog {
  readonly #patience: Patience;
  readonly #tickMs: number;
  readonly #timer: NodeJS.Timeout;
  /** Null until the process has been heard of: it may take its time to load. */
  #silent: number | null = null;
  #still = 0;

  /** `onHang` is told once, why. */
  constructor(patience: Patience, onHang: (reason: string) => void) {
    this.#patience = patience;
    this.#tickMs = Math.min(patience.silenceMs / ticksPerLimit, longestTimerMs);
    this.#timer = setInterval(() => {
      const reason = this.#tick();
      if (reason === null) return;
      this.stop();
      onHang(reason);
    }, this.#tickMs);
    this.#timer.unref();
  }

  /** The process lives, and has come a step further if `progress`. */
  sign(progress: boolean): void {
    this.#silent = 0;
    if (progress) this.#still = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): string | null {
    if (this.#silent !== null) this.#silent++;
    this.#still++;
    const { silenceMs, standstillMs } = this.#patience;
    if ((this.#silent ?? 0) * this.#tickMs > silenceMs)
      return `it gave no sign of life for ${seconds(silenceMs)}`;
    if (this.#still * this.#tickMs > standstillMs) return `it made no progress for ${seconds(standstillMs)}`;
    return null;
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}
