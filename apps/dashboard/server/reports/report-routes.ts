import { join } from 'node:path';
import { comparisonReport, runReport, sweepReport } from '@thaw/analysis/report';
import { openStore } from '@thaw/tracking';
import { getComparisonReport, getRunReport, getSweepReport } from '../../api/operations/reports.ts';
import { respond } from '../../api/respond.ts';
import { Routes } from '../models/routes.ts';

/** Reports that anybody can open, as files to keep or to send. */
export function reportRoutes(runsDir: string): Routes {
  const store = openStore(runsDir);
  const options = { cacheDir: join(runsDir, 'cache') };
  return new Routes([
    [
      getRunReport,
      respond(getRunReport, async ({ params, query }) => {
        const { id } = await store.run(params.run);
        return asFile(id, await runReport(store, id, options, chosenOf(query)));
      }),
    ],
    [
      getSweepReport,
      respond(getSweepReport, async ({ params, query }) => {
        const { id } = await store.sweep(params.sweep);
        return asFile(id, await sweepReport(store, id, query));
      }),
    ],
    [
      getComparisonReport,
      respond(getComparisonReport, async ({ query }) =>
        asFile('comparison', await comparisonReport(store, query.run, options, chosenOf(query))),
      ),
    ],
  ]);
}

/** What was chosen of figures, from an address. */
function chosenOf<Chosen extends { log?: 'true' | undefined }>({ log, ...others }: Chosen) {
  return { ...others, log: log === 'true' };
}

function asFile(name: string, html: string): Response {
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.html"`,
      'cache-control': 'no-store',
    },
  });
}
