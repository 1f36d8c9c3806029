import { join } from 'node:path';
import { keptLayouts, whyNoMap } from '@thaw/analysis/recorded';
import { UserError } from '@thaw/base';
import type { JobRunner } from '@thaw/sweep/jobs';
import { openStore } from '@thaw/tracking';
import { cancelMap, drawMap, getMap } from '../../api/operations/images.ts';
import { respond } from '../../api/respond.ts';
import { Routes } from '../models/routes.ts';
import { jobDocument, logDefect } from './job-document.ts';

/** Draws the map of a run's images, tells how far that is and which layouts there are, and ends it. */
export function mapRoutes(runsDir: string, jobs: JobRunner): Routes {
  const store = openStore(runsDir);
  return new Routes([
    [
      getMap,
      respond(getMap, async ({ params }) => {
        const run = await store.run(params.run);
        // Before what lies there, so that a job that has ended since is not taken for one that left nothing.
        const job = jobs.find('map', run.id);
        const document = job && jobDocument(job);
        return {
          layouts: await keptLayouts(run, join(runsDir, 'cache')),
          missing: whyNoMap(run),
          job: document,
        };
      }),
    ],
    [
      drawMap,
      respond(drawMap, async ({ params }) => {
        const run = await store.run(params.run);
        const why = whyNoMap(run);
        if (why !== null)
          throw new UserError(`there is no map of run ${run.id}: ${why}`, { kind: 'conflict' });
        const job = jobs.start('map', run.id, { run: run.id });
        void job.ended.then(logDefect);
        return jobDocument(job);
      }),
    ],
    [
      cancelMap,
      respond(cancelMap, async ({ params }) => {
        const { id } = await store.run(params.run);
        await jobs.cancel('map', id);
        return jobDocument(jobs.find('map', id)!);
      }),
    ],
  ]);
}
