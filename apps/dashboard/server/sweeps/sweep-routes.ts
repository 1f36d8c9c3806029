import { UserError } from '@thaw/base';
import type { Job, JobRunner } from '@thaw/sweep/jobs';
import { newSweepId, openStore, type StoreIndex } from '@thaw/tracking';
import {
  changeSweepJob,
  getSweepJob,
  resumeSweep,
  startSweep,
  stopSweep,
  stopTrial,
} from '../../api/operations/sweep-jobs.ts';
import { respond } from '../../api/respond.ts';
import { findSweep } from '../../store/find-sweep.ts';
import { logDefect } from '../jobs/job-document.ts';
import { allowedBy, type ServerLimits } from '../limits.ts';
import { Routes } from '../models/routes.ts';
import { fileOfPage } from './experiment-routes.ts';
import { sweepJobDocument } from './sweep-job-document.ts';

export interface SweepRoutesOptions {
  readonly runsDir: string;
  readonly jobs: JobRunner;
  readonly limits: ServerLimits;
  /** What is kept, as the disk has it now. */
  readonly index: () => Promise<StoreIndex>;
}

/** Starts, steers and stops sweeps, and tells how far they are. */
export function sweepRoutes({ runsDir, jobs, limits, index }: SweepRoutesOptions): Routes {
  const store = openStore(runsDir);
  const { directory } = limits;
  const allowed = allowedBy(limits);

  const documentOf = async (sweep: string, since = 0) => {
    const job = jobs.find('sweep', sweep);
    // What runs here says more, and need not be on disk yet.
    if (job?.status.state === 'running') return sweepJobDocument(sweep, job, null, since);
    const found = await index();
    const record = job ? (found.sweep(sweep) ?? null) : findSweep(found, sweep);
    return sweepJobDocument(sweep, job, record, since);
  };
  const start = (sweep: string, request: Omit<Job<'sweep'>['request'], 'directory' | 'allowed'>) => {
    const job = jobs.start('sweep', sweep, { ...request, directory, allowed });
    void job.ended.then(logDefect);
    return documentOf(sweep);
  };
  const runsHere = (sweep: string) => jobs.find('sweep', sweep)?.status.state === 'running';

  return new Routes([
    [
      startSweep,
      respond(startSweep, async ({ body: { yaml: text, workers = null } }) => {
        const { readChecked } = await import('@thaw/sweep/check');
        const { name } = readChecked(text, fileOfPage, allowed);
        const id = newSweepId(name, new Date());
        return start(id, { from: { id, file: fileOfPage, text }, workers, retryFailed: false });
      }),
    ],
    [getSweepJob, respond(getSweepJob, ({ params, query }) => documentOf(params.sweep, query.since))],
    [
      changeSweepJob,
      respond(changeSweepJob, ({ params, body: { workers } }) => {
        jobs.steer(params.sweep, { do: 'resize', workers });
        return documentOf(params.sweep);
      }),
    ],
    [
      stopSweep,
      respond(stopSweep, async ({ params: { sweep }, body: { now } }) => {
        const job = jobs.find('sweep', sweep);
        if (job?.status.state !== 'running') await stopElsewhere(sweep, now);
        else if (now || job.isStopping) void jobs.cancel('sweep', sweep);
        else jobs.steer(sweep, { do: 'stop' });
        return documentOf(sweep);
      }),
    ],
    [
      resumeSweep,
      respond(resumeSweep, async ({ params, body: { workers = null, retry_failed: retryFailed } }) => {
        const { checkResume } = await import('@thaw/sweep/check');
        const id = await checkResume(store, params.sweep, { runsDir, allowed, retryFailed });
        return start(id, { from: { resume: id, file: null }, workers, retryFailed });
      }),
    ],
    [
      stopTrial,
      respond(stopTrial, ({ params: { sweep, trial } }) => {
        if (runsHere(sweep) && !runningTrials(jobs, sweep).includes(trial)) {
          throw new UserError(`trial ${trial} of sweep ${sweep} does not run`, { kind: 'conflict' });
        }
        jobs.steer(sweep, { do: 'stop trial', trial });
        return documentOf(sweep);
      }),
    ],
  ]);

  async function stopElsewhere(sweep: string, now: boolean): Promise<void> {
    const { id, state } = findSweep(await index(), sweep);
    if (now && state === 'running') {
      throw new UserError(
        `sweep ${id} is run by another process, which can only be asked to stop in good order`,
        { kind: 'conflict' },
      );
    }
    await store.requestStop(id);
  }
}

function runningTrials(jobs: JobRunner, sweep: string): number[] {
  return jobs.find('sweep', sweep)?.session?.running.map(({ trial }) => trial) ?? [];
}
