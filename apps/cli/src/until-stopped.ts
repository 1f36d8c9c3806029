import { onStopSignals } from './stop-signals.ts';

/**
 * Does work that Ctrl-C or a signal may end: it gets an AbortSignal, and after a second signal the process ends at once. Returns
 * the exit code: 0, or that of the signal, and then `onStopped` was told.
 */
export async function untilStopped(
  work: (signal: AbortSignal) => Promise<void>,
  onStopped: () => void,
): Promise<number> {
  const abort = new AbortController();
  let stopped: number | null = null;
  const forget = onStopSignals({
    clock: () => performance.now(),
    onStop: (exitCode) => {
      stopped = exitCode;
      abort.abort();
    },
    onStopNow: () => process.exit(stopped ?? 1),
  });
  try {
    await work(abort.signal);
    return 0;
  } catch (error) {
    if (stopped === null) throw error;
    onStopped();
    return stopped;
  } finally {
    forget();
  }
}

/** What users are told when such work was stopped. */
export const stoppedNotice = 'Stopped. What was computed is kept: the same command continues from there.';
