import { UserError } from '@thaw/base';
import type { JobRunner } from '@thaw/sweep/jobs';
import { cancelAdvice, getAdvice, startAdvice } from '../../api/operations/advice.ts';
import { respond } from '../../api/respond.ts';
import { allowedBy, type ServerLimits } from '../limits.ts';
import { Routes } from '../models/routes.ts';
import { fileOfPage } from '../sweeps/experiment-routes.ts';
import { imagesOf } from './images-of.ts';
import { jobDocument, logDefect } from './job-document.ts';

/** Looks which scenario suits a folder of images, tells how far that is and what came out of it, and ends it. */
export function adviceRoutes(jobs: JobRunner, limits: ServerLimits): Routes {
  const answerOf = (folder: string) => {
    const job = jobs.find('advise', folder);
    const advice = job?.status.state === 'finished' ? job.status.outcome : null;
    return { folder, advice, job: job && jobDocument(job) };
  };
  return new Routes([
    [
      startAdvice,
      respond(startAdvice, async ({ body: { yaml, seconds = null } }) => {
        const { readChecked } = await import('@thaw/sweep/check');
        const wanted = imagesOf(readChecked(yaml, fileOfPage, allowedBy(limits)), limits.directory);
        if (wanted === null) {
          throw new UserError('advice is about a folder of images (dataset.path), and this file names none');
        }
        const folder = wanted.images.path;
        void jobs.start('advise', folder, { ...wanted, seconds }).ended.then(logDefect);
        return answerOf(folder);
      }),
    ],
    [getAdvice, respond(getAdvice, ({ query }) => Promise.resolve(answerOf(query.folder)))],
    [
      cancelAdvice,
      respond(cancelAdvice, async ({ query }) => {
        await jobs.cancel('advise', query.folder);
        return answerOf(query.folder);
      }),
    ],
  ]);
}
