import { constants } from 'node:os';
import type { Note } from '@thaw/base';
import { beginningWords, runSession, Steering, stoppingWords, type ReadySweep } from '@thaw/sweep';
import type { FileStore, SweepWriter } from '@thaw/tracking';
import { createProgress } from '../progress/create-progress.ts';
import { inWords } from '../remedy-text.ts';
import { onStopSignals } from '../stop-signals.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

const clock = () => performance.now();

/** Runs this session's trials, with progress on standard error. Returns null, or the exit code where it was stopped. */
export async function runTrialsHere(
  store: FileStore,
  ready: ReadySweep,
  writer: SweepWriter,
  { debug, ...options }: SweepCommandOptions,
): Promise<number | null> {
  const { trials, workers, sweep } = ready;
  if (ready.prepared === null || trials === 0) return null;
  const { experiment } = sweep;
  const progress = createProgress({
    stream: process.stderr,
    trials,
    workers: Math.min(workers, trials),
    clock,
  });
  const note: Note = (message, remedy) => {
    progress.note(inWords({ message, remedy }));
  };
  // A request on disk counts as Ctrl-C, which a user could not press here.
  let exitCode = 128 + constants.signals.SIGINT;
  const steering = new Steering(() => {
    progress.note(`${stoppingWords(experiment)}; press Ctrl-C again to stop at once.`);
  });
  const forget = onStopSignals({
    clock,
    onStop: (code) => {
      if (!steering.signal.aborted) exitCode = code;
      steering.stop();
    },
    onStopNow: () => {
      steering.kill();
    },
  });
  progress.note(beginningWords(writer.id, ready, 'Ctrl-C, as nothing (run_cap, --max-trials) says how many'));
  const log = (text: string) => {
    if (debug) progress.note(text.trimEnd());
  };
  try {
    await runSession(store, ready, writer, { ...options, steering, listener: progress, note, log, clock });
  } finally {
    progress.close();
    forget();
  }
  return steering.signal.aborted ? exitCode : null;
}
