import { sha256, UserError } from '@thaw/base';
import { pathsOf, withPaths } from '@thaw/experiment';
import type { JobRunner } from '@thaw/sweep/jobs';
import { cancelViews, getViews, getViewsSheet, startViews } from '../../api/operations/views.ts';
import { respond } from '../../api/respond.ts';
import { allowedBy, type ServerLimits } from '../limits.ts';
import { Routes } from '../models/routes.ts';
import { fileOfPage } from '../sweeps/experiment-routes.ts';
import { jobDocument, logDefect } from './job-document.ts';

/** Draws what the augmentation of an experiment makes of its images before anything trains, tells how far that is, and ends it. */
export function viewsRoutes(jobs: JobRunner, limits: ServerLimits): Routes {
  const sheetOf = (images: string) => {
    const job = jobs.find('views', images);
    return job?.status.state === 'finished' ? job.status.outcome.sheet : null;
  };
  const answerOf = (images: string) => {
    const job = jobs.find('views', images);
    const sheet = sheetOf(images);
    return { images, sheet: sheet && sha256(sheet), job: job && jobDocument(job) };
  };
  return new Routes([
    [
      startViews,
      respond(startViews, async ({ body: { yaml } }) => {
        const { augmentedTrial, readChecked } = await import('@thaw/sweep/check');
        const trial = augmentedTrial(readChecked(yaml, fileOfPage, allowedBy(limits)));
        const settings = withPaths(trial, pathsOf(trial, limits.directory));
        const { dataset } = settings;
        const images = 'path' in dataset ? dataset.path : dataset.source;
        void jobs.start('views', images, { settings }).ended.then(logDefect);
        return answerOf(images);
      }),
    ],
    [getViews, respond(getViews, ({ query }) => Promise.resolve(answerOf(query.images)))],
    [
      cancelViews,
      respond(cancelViews, async ({ query }) => {
        await jobs.cancel('views', query.images);
        return answerOf(query.images);
      }),
    ],
    [
      getViewsSheet,
      respond(getViewsSheet, ({ query: { images, of } }) => {
        const sheet = sheetOf(images);
        if (sheet === null || sha256(sheet) !== of)
          throw new UserError('this picture is not kept any more', { kind: 'not-found' });
        const headers = { 'content-type': 'image/png', 'cache-control': 'private, max-age=3600' };
        return Promise.resolve(new Response(new Uint8Array(sheet), { headers }));
      }),
    ],
  ]);
}
