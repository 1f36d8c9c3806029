import { constants } from 'node:os';

export interface StopSignalsOptions {
  /** Told once, with the exit code that a shell gives for the signal: 130 for Ctrl-C. */
  readonly onStop: (exitCode: number) => void;
  /** Told when the user insists. */
  readonly onStopNow: () => void;
  /** Milliseconds from any point in time. */
  readonly clock: () => number;
  /** Where signals come from; the process itself but in tests. */
  readonly source?: Pick<NodeJS.Process, 'on' | 'off'>;
}

export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C reaches a program from the terminal and from Nx within milliseconds; only a later one is a second one. */
const echoMs = 1000;

/** Listens to the signals that ask a program to end; returns a function that stops listening. */
export function onStopSignals({
  onStop,
  onStopNow,
  clock,
  source = process,
}: StopSignalsOptions): () => void {
  let first: number | null = null;
  const listener = (signal: NodeJS.Signals) => {
    if (first === null) {
      first = clock();
      onStop(128 + constants.signals[signal]);
    } else if (clock() - first > echoMs) {
      onStopNow();
    }
  };
  for (const signal of stopSignals) source.on(signal, listener);
  return () => {
    for (const signal of stopSignals) source.off(signal, listener);
  };
}
