import { listTrials } from '../../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../../api/respond.ts';
import { cursorOf, index, versionOf } from '../../../../../../store/store.ts';
import { findSweep } from '../../../../../../store/find-sweep.ts';
import { changedTrials } from '../../../../../../store/sweep-trials.ts';

export const GET = respond(listTrials, async ({ params, query }) => {
  const found = await index();
  const since = versionOf(query.since);
  const trials = changedTrials(found, findSweep(found, params.sweep), since);
  return { cursor: cursorOf(found.version), all: since === 0, trials };
});
