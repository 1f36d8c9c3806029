import type { IncomingMessage, ServerResponse } from 'node:http';
import { JobRunner } from '@thaw/sweep/jobs';
import { apiBase } from '../api/operation.ts';
import { getComparisonReport, getRunReport, getSweepReport } from '../api/operations/reports.ts';
import { getAugmentation } from '../api/operations/run-files.ts';
import { writeProblem } from '../api/respond.ts';
import { pathParameters } from '../api/path-parameters.ts';
import { imageRoutes } from './images/image-routes.ts';
import { adviceRoutes } from './jobs/advice-routes.ts';
import { gapRoutes } from './jobs/gap-routes.ts';
import { mapRoutes } from './jobs/map-routes.ts';
import { promotionRoutes } from './jobs/promotion-routes.ts';
import { viewsRoutes } from './jobs/views-routes.ts';
import { codeRoutes } from './runs/code-routes.ts';
import { experimentRoutes } from './sweeps/experiment-routes.ts';
import { sweepRoutes, type SweepRoutesOptions } from './sweeps/sweep-routes.ts';

interface Handler {
  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * What is answered beside Next.js: predictions, long work, reports and pictures of training images. What computes is loaded, with its native
 * libraries, when it is first asked: who only looks at runs needs none of it.
 */
export class ModelHandlers {
  readonly #runsDir: string;
  readonly #jobs: JobRunner;
  readonly #jobRoutes: readonly Handler[];
  #handlers: Promise<readonly Handler[]> | null = null;

  constructor(runsDir: string, { limits, index }: Pick<SweepRoutesOptions, 'limits' | 'index'>) {
    this.#runsDir = runsDir;
    this.#jobs = new JobRunner({ runsDir });
    const jobs = this.#jobs;
    this.#jobRoutes = [
      promotionRoutes(runsDir, jobs),
      gapRoutes(runsDir, jobs),
      mapRoutes(runsDir, jobs),
      adviceRoutes(jobs, limits),
      viewsRoutes(jobs, limits),
      experimentRoutes(limits),
      sweepRoutes({ runsDir, jobs, limits, index }),
      imageRoutes(runsDir),
      codeRoutes(runsDir, limits),
    ];
  }

  /** Answers the request; false where it is for somebody else. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (this.#jobRoutes.some((each) => each.handle(request, response))) return true;
    if (!isComputed(request.url ?? '/')) return false;
    try {
      this.#handlers ??= load(this.#runsDir);
      return (await this.#handlers).some((each) => each.handle(request, response));
    } catch (error) {
      console.error(error);
      const detail = 'what computes with models cannot be loaded; the output of the server says why';
      writeProblem(response, { title: 'Internal error', status: 500, detail });
      return true;
    }
  }

  /** Ends the long work that is under way. */
  async close(): Promise<void> {
    await this.#jobs.close();
  }
}

/** Whether what answers this address takes more than to read what is kept. */
function isComputed(url: string): boolean {
  const computed = [getAugmentation, getRunReport, getSweepReport, getComparisonReport];
  return (
    url.startsWith(`${apiBase}/models/`) || computed.some(({ path }) => pathParameters(path, url) !== null)
  );
}

async function load(runsDir: string): Promise<readonly Handler[]> {
  const [
    { PredictHandler },
    { neighbourRoutes },
    { exportRoutes },
    { augmentationRoutes },
    { reportRoutes },
  ] = await Promise.all([
    import('./predict/predict-handler.ts'),
    import('./models/neighbour-routes.ts'),
    import('./models/export-routes.ts'),
    import('./runs/augmentation-routes.ts'),
    import('./reports/report-routes.ts'),
  ]);
  return [
    new PredictHandler(runsDir),
    neighbourRoutes(runsDir),
    exportRoutes(runsDir),
    augmentationRoutes(runsDir),
    reportRoutes(runsDir),
  ];
}
