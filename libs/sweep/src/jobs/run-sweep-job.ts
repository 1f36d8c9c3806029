import type { AnalysisListener } from '@thaw/analysis';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { isLeft } from '../retry.ts';
import { endSession } from '../session/end-session.ts';
import type { PreparationListener } from '../session/prepare-sweep.ts';
import { beginSweep, readySweep } from '../session/ready-sweep.ts';
import { runSession } from '../session/run-session.ts';
import { beginningWords, stoppingWords } from '../session/session-words.ts';
import { Steering } from '../session/steering.ts';
import { weightsListener } from './job-listener.ts';
import type { JobMessage } from './job-messages.ts';
import type { SweepOrder, SweepOutcome, SweepRequest } from './sweep-session.ts';
import { SweepWatch } from './sweep-watch.ts';

export interface SweepJobSurroundings {
  readonly runsDir: string;
  readonly listener: AnalysisListener;
  readonly send: (message: JobMessage) => void;
  /** Aborted where the session is to end at once. */
  readonly signal: AbortSignal;
  /** Has who steers the session heard. */
  readonly onOrder: (hear: (order: SweepOrder) => void) => void;
}

const clock = () => performance.now();

/** Runs a session of a sweep in a process that has nothing else to do: it goes to the folder that the sweep is started in. */
export async function runSweepJob(
  { from, workers, retryFailed, directory, allowed }: SweepRequest,
  { runsDir, listener, send, signal, onOrder }: SweepJobSurroundings,
): Promise<SweepOutcome> {
  goTo(directory);
  const store = openStore(runsDir);
  let watch: SweepWatch | null = null;
  let sayStopping: () => void = () => undefined;
  const steering = new Steering(() => sayStopping());
  signal.addEventListener('abort', () => steering.kill(), { once: true });
  onOrder((order) => {
    if (order.do === 'stop') steering.stop();
    else if (order.do === 'resize') {
      steering.resize(order.workers);
      watch?.resized(order.workers);
    } else {
      steering.stopTrial(order.trial);
      watch?.stopping(order.trial);
    }
  });
  const options = {
    ...{
      from,
      workers,
      runsDir,
      allowed,
      engine: 'auto',
      device: null,
      set: [],
      maxTrials: null,
      maxTime: null,
    },
    retry: retryFailed ? ('failed' as const) : 0,
    ...{ queue: null, trackerHost: '127.0.0.1', trackerPort: 0 },
    ...{ leakageCheck: true, dataChanged: 'refuse' as const },
  };
  if (steering.signal.aborted) return { state: null, stopped: true };
  const ready = await Promise.race([
    readySweep(store, options, preparation(listener)),
    aborted(steering.signal),
  ]);
  if (ready === null) return { state: null, stopped: true };
  const { sweep, trials } = ready;
  if (trials === 0) {
    throw new UserError('no trial of this sweep is left to run', { kind: 'conflict' });
  }
  const writer = await beginSweep(store, ready);
  watch = new SweepWatch({
    ...{ trials, send, clock, now: () => new Date() },
    workers: Math.min(steering.workers ?? ready.workers, trials),
    known: sweep.known.filter((trial) => !isLeft(trial, options.retry)),
  });
  sayStopping = () => watch?.note(`${stoppingWords(sweep.experiment)}.`);
  watch.note(beginningWords(writer.id, ready, 'it is stopped'));
  try {
    await runSession(store, ready, writer, {
      ...options,
      steering,
      listener: watch,
      note: listener.note,
      clock,
    });
  } finally {
    watch.close();
  }
  const stopped = steering.signal.aborted;
  const { state } = await endSession(store, ready, writer, { runsDir, stopped, listener });
  return { state, stopped };
}

/** Where the server was started may have been removed since. */
function goTo(directory: string): void {
  try {
    process.chdir(directory);
  } catch (error) {
    throw new UserError(
      `the folder that the server was started in cannot be entered any more: ${directory} (${(error as Error).message.split(',')[0]!})`,
      { kind: 'conflict', cause: error },
    );
  }
}

function preparation(listener: AnalysisListener): PreparationListener {
  const { count, note } = listener;
  return {
    count,
    note,
    weights: weightsListener(listener).update,
    looking: () => undefined,
    // Kept with the sweep, whose page says it.
    leakage: () => undefined,
  };
}

/** Of a signal that is not aborted yet. */
function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
