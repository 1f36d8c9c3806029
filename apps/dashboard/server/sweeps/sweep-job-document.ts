import type { Job, SweepSession } from '@thaw/sweep/jobs';
import type { SweepRecord } from '@thaw/tracking';
import type { SweepJobDocument } from '../../api/operations/sweep-jobs.ts';
import { inWords } from '../../api/remedy-words.ts';
import { jobDocument } from '../jobs/job-document.ts';

/** How far the session of a sweep is, as the API says it; `record` is null before the sweep is recorded, and `job` where none was here. */
export function sweepJobDocument(
  sweep: string,
  job: Job<'sweep'> | null,
  record: SweepRecord | null,
  since: number,
): SweepJobDocument {
  const runs = job?.status.state === 'running';
  const session = runs ? job.session : null;
  return {
    sweep,
    ...outcomeOf(job),
    recorded: record !== null || session !== null,
    elsewhere: !runs && record?.state === 'running',
    resumable: !runs && record !== null && isResumable(record),
    progress: job && (session ? trialsDone(session) : jobDocument(job).progress),
    // What was asked for is heard by the session a moment later, and before it begins not at all.
    wanted_workers: runs ? (job.workers ?? session?.workers ?? null) : (record?.workers ?? null),
    queue: session ? queueOfSession(session) : queueOfRecord(record),
    workers: session ? workersOfSession(session) : workersOfRecord(record),
    log: job?.log.since(since) ?? { cursor: 0, lines: [], missed: 0 },
    notes: job?.notices.map(inWords) ?? [],
  };
}

function outcomeOf(job: Job<'sweep'> | null): Pick<SweepJobDocument, 'state' | 'error'> {
  if (!job) return { state: 'none here', error: null };
  const { status, isStopping } = job;
  if (status.state === 'running') return { state: isStopping ? 'stopping' : 'running', error: null };
  if (status.state !== 'finished') return { state: status.state, error: jobDocument(job).error };
  if (status.outcome.stopped) return { state: 'cancelled', error: null };
  if (status.outcome.state === 'failed') return { state: 'failed', error: 'no trial has finished' };
  return { state: 'finished', error: null };
}

function trialsDone({ waiting, running, finished, failed, interrupted }: SweepSession) {
  const done = finished + failed;
  const total = waiting === null ? null : done + interrupted + waiting + running.length;
  return { phase: 'trials', done, total };
}

function queueOfSession({ waiting, running, finished, failed, interrupted }: SweepSession) {
  return { waiting, running: running.length, finished, failed, interrupted };
}

function queueOfRecord(record: SweepRecord | null): SweepJobDocument['queue'] {
  const trials = record?.trials ?? [];
  const count = (...states: string[]) => trials.filter(({ state }) => states.includes(state)).length;
  const planned = record?.planned ?? null;
  return {
    waiting: planned === null ? null : Math.max(0, planned - trials.length),
    running: count('running'),
    finished: count('finished', 'pruned'),
    failed: count('failed'),
    interrupted: count('interrupted'),
  };
}

function workersOfSession({ running }: SweepSession): SweepJobDocument['workers'] {
  return running.map(({ worker, ...trial }) => ({ id: `worker ${worker + 1}`, host: null, ...trial }));
}

/** Which process runs a trial elsewhere, and since when, its run says; that is not read for this. */
function workersOfRecord(record: SweepRecord | null): SweepJobDocument['workers'] {
  const running = record?.trials.filter(({ state }) => state === 'running') ?? [];
  return running.map(({ number, run }) => {
    return {
      id: `trial ${number}`,
      host: null,
      trial: number,
      run,
      since: null,
      doing: null,
      stopping: false,
    };
  });
}

/** A search without an end can always go on; one with an end that is finished has done all, or reached the metric's target before. */
function isResumable({ state, planned, trials }: SweepRecord): boolean {
  if (state === 'running') return false;
  if (planned === null) return true;
  if (state === 'finished') return false;
  return trials.length < planned || trials.some((trial) => trial.state === 'interrupted');
}
