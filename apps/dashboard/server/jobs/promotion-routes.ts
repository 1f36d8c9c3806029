import { chooseRun } from '@thaw/analysis/choose-run';
import { UserError } from '@thaw/base';
import type { Job, JobRunner } from '@thaw/sweep/jobs';
import { checkAlias, checkModelName, openStore } from '@thaw/tracking';
import type * as z from 'zod';
import {
  cancelPromotion,
  listPromotions,
  promoteRun,
  type RunningPromotion,
} from '../../api/operations/models.ts';
import { respond } from '../../api/respond.ts';
import { Routes } from '../models/routes.ts';

/** Promotes runs, tells how far that is, and ends it. */
export function promotionRoutes(runsDir: string, jobs: JobRunner): Routes {
  return new Routes([
    [
      promoteRun,
      respond(promoteRun, ({ params, body }) => promote(runsDir, jobs, { ...body, name: params.model })),
    ],
    [
      listPromotions,
      respond(listPromotions, () =>
        Promise.resolve({ promotions: jobs.running('promote').flatMap(underWay) }),
      ),
    ],
    [
      cancelPromotion,
      respond(cancelPromotion, async ({ params }) => ({
        state: (await jobs.cancel('promote', params.run)).state,
      })),
    ],
  ]);
}

interface Wanted extends z.output<NonNullable<typeof promoteRun.body>> {
  readonly name: string;
}

async function promote(runsDir: string, jobs: JobRunner, { name, ...wanted }: Wanted) {
  checkModelName(name);
  if (wanted.alias !== undefined) checkAlias(wanted.alias);
  const { run, sweep } = { run: wanted.run ?? null, sweep: wanted.sweep ?? null };
  const chosen = await chooseRun(openStore(runsDir), { run, sweep });
  const source =
    sweep === null ? { run: chosen.run.id, sweep: null } : { run: null, sweep: chosen.sweep!.id };
  const job = jobs.start('promote', chosen.run.id, { ...source, name, alias: wanted.alias ?? null });
  const ended = await job.ended;
  if (ended.state === 'failed') throw ended.error;
  if (ended.state === 'cancelled') {
    throw new UserError(`the promotion to ${name} was cancelled`, { kind: 'conflict' });
  }
  const { aliases, notes, ...version } = ended.outcome;
  return { ...version, aliases: [...aliases], notes: [...notes] };
}

function underWay({ subject, request, status }: Job<'promote'>): RunningPromotion[] {
  return status.state === 'running' ? [{ model: request.name, run: subject, ...status.progress }] : [];
}
