import { listRuns } from '../../../../api/operations/runs.ts';
import { packRows } from '../../../../api/packed-rows.ts';
import { respond } from '../../../../api/respond.ts';
import { cursorOf, index, versionOf } from '../../../../store/store.ts';

export const GET = respond(listRuns, async ({ query }) => {
  const found = await index();
  const since = versionOf(query.since);
  const { version, rows, removed } = found.changes(since);
  return {
    cursor: cursorOf(version),
    all: since === 0,
    rows: packRows(rows),
    removed: [...removed],
    damaged: found.damaged().runs,
  };
});
