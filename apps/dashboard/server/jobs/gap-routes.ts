import { chooseRun } from '@thaw/analysis/choose-run';
import { UserError } from '@thaw/base';
import type { Job, JobRunner } from '@thaw/sweep/jobs';
import { openStore } from '@thaw/tracking';
import { cancelGap, measureGap, type JobDocument } from '../../api/operations/jobs.ts';
import { getGap } from '../../api/operations/results.ts';
import { inWords } from '../../api/remedy-words.ts';
import { respond } from '../../api/respond.ts';
import { runGap } from '../../store/run-gap.ts';
import { Routes } from '../models/routes.ts';

/** Measures what the gap of a run is made of, tells how far that is and what came out of it, and ends it. */
export function gapRoutes(runsDir: string, jobs: JobRunner): Routes {
  const store = openStore(runsDir);
  return new Routes([
    [
      getGap,
      respond(getGap, async ({ params }) => {
        const { id } = await store.run(params.run);
        const job = jobs.find('gap', id);
        return { ...(await runGap(store, id)), job: job && documentOf(job) };
      }),
    ],
    [
      measureGap,
      respond(measureGap, async ({ params, body: { retrain } }) => {
        const { id } = (await chooseRun(store, { run: params.run, sweep: null })).run;
        const job = jobs.start('gap', id, { run: id, retrain });
        void job.ended.then(logDefect);
        return documentOf(job);
      }),
    ],
    [
      cancelGap,
      respond(cancelGap, async ({ params }) => {
        const { id } = await store.run(params.run);
        await jobs.cancel('gap', id);
        return documentOf(jobs.find('gap', id)!);
      }),
    ],
  ]);
}

/** What nobody can mend from a page is for whoever reads the server's output. */
function logDefect(status: Awaited<Job['ended']>): void {
  if (status.state === 'failed' && !(status.error instanceof UserError)) console.error(status.error);
}

function documentOf({ status, notices }: Job): JobDocument {
  return {
    state: status.state,
    progress: status.state === 'running' ? status.progress : null,
    error: status.state === 'failed' ? inWords(status.error) : null,
    notes: notices.map(inWords),
  };
}
