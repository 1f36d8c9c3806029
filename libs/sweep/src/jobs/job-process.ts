/**
 * The program of a job's process: does the one job that its parent sends, tells how far it is, and ends with its parent. It does
 * not listen to Ctrl-C, which reaches all processes of a terminal: the parent says when to stop.
 */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { adviceDocument, advise, drawMap, promote, recordGap } from '@thaw/analysis';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { augmentationSheet, augmentedViews, usualSheet } from '@thaw/training';
import type { JobFailure, JobMessage, JobOrder } from './job-messages.ts';
import type { JobKind, Jobs } from './job.ts';
import { jobListener, weightsListener } from './job-listener.ts';
import { runSweepJob, type SweepJobSurroundings } from './run-sweep-job.ts';
import type { SweepOrder } from './sweep-session.ts';

type Program<K extends JobKind> = (
  request: Jobs[K]['request'],
  surroundings: SweepJobSurroundings,
) => Promise<Jobs[K]['outcome']>;

const clock = () => performance.now();

const programs: { readonly [K in JobKind]: Program<K> } = {
  advise: async ({ images, settings, seconds }, { runsDir, listener, signal }) => {
    const { advice } = await advise({
      ...{ images, settings, engine: 'auto', cacheDir: join(runsDir, 'cache'), listener, signal, clock },
      trials: seconds === null ? null : { settings, seconds },
      weights: weightsListener(listener),
    });
    return adviceDocument(advice);
  },
  gap: async ({ run, retrain }, { runsDir, listener, signal }) => {
    const options = { run, sweep: null, retrain, cacheDir: join(runsDir, 'cache'), listener, signal };
    return { run: (await recordGap(openStore(runsDir), options)).run };
  },
  map: async ({ run }, { runsDir, listener, signal }) => {
    await drawMap(openStore(runsDir), { run, cacheDir: join(runsDir, 'cache'), listener, signal });
    return { run };
  },
  promote: (request, { runsDir, listener, signal }) => promote({ ...request, runsDir, listener, signal }),
  sweep: runSweepJob,
  views: async ({ settings }, { runsDir, listener }) => {
    const onProgress = (done: number, total: number) => {
      listener.count('images checked', done, total);
    };
    const cacheDir = join(runsDir, 'cache');
    const views = await augmentedViews(settings, { cacheDir, ...usualSheet, onProgress });
    return { sheet: await augmentationSheet(views, settings.model.image_size) };
  },
};

const abort = new AbortController();
let hear: (order: SweepOrder) => void = () => undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  process.exit();
});
process.on('message', (order: JobOrder) => {
  if (order.type === 'cancel') abort.abort(new Error('cancelled'));
  else if (order.type === 'steer') hear(order.order);
  else void start(order);
});

async function start({ kind, request, runsDir }: Extract<JobOrder, { type: 'start' }>): Promise<void> {
  // Who looks at pages meanwhile goes first; a sweep takes as long as on the command line.
  if (kind !== 'sweep') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const listener = jobListener(send, clock);
  try {
    const program = programs[kind] as Program<JobKind>;
    const onOrder = (listen: typeof hear) => (hear = listen);
    const outcome = await program(request, { runsDir, listener, send, signal: abort.signal, onOrder });
    send({ type: 'finished', outcome });
  } catch (error) {
    send(abort.signal.aborted ? { type: 'cancelled' } : { type: 'failed', error: failureOf(error) });
  }
}

function failureOf(error: unknown): JobFailure {
  if (error instanceof UserError) {
    const { message, kind, remedy } = error;
    return { message, user: { kind, remedy }, stack: null };
  }
  if (error instanceof Error) return { message: error.message, user: null, stack: error.stack ?? null };
  return { message: String(error), user: null, stack: null };
}

function send(message: JobMessage): void {
  // The parent may be gone already; then `disconnect` ends this process.
  if (process.connected) process.send!(message, () => undefined);
}
