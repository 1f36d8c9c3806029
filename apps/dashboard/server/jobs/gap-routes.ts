import { chooseRun } from '@thaw/analysis/choose-run';
import type { JobRunner } from '@thaw/sweep/jobs';
import { openStore } from '@thaw/tracking';
import { cancelGap, measureGap } from '../../api/operations/jobs.ts';
import { getGap } from '../../api/operations/results.ts';
import { respond } from '../../api/respond.ts';
import { runGap } from '../../store/run-gap.ts';
import { Routes } from '../models/routes.ts';
import { jobDocument, logDefect } from './job-document.ts';

/** Measures what the gap of a run is made of, tells how far that is and what came out of it, and ends it. */
export function gapRoutes(runsDir: string, jobs: JobRunner): Routes {
  const store = openStore(runsDir);
  return new Routes([
    [
      getGap,
      respond(getGap, async ({ params }) => {
        const { id } = await store.run(params.run);
        const job = jobs.find('gap', id);
        return { ...(await runGap(store, id)), job: job && jobDocument(job) };
      }),
    ],
    [
      measureGap,
      respond(measureGap, async ({ params, body: { retrain } }) => {
        const { id } = (await chooseRun(store, { run: params.run, sweep: null })).run;
        const job = jobs.start('gap', id, { run: id, retrain });
        void job.ended.then(logDefect);
        return jobDocument(job);
      }),
    ],
    [
      cancelGap,
      respond(cancelGap, async ({ params }) => {
        const { id } = await store.run(params.run);
        await jobs.cancel('gap', id);
        return jobDocument(jobs.find('gap', id)!);
      }),
    ],
  ]);
}
