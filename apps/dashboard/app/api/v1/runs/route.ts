import { changeRuns, listRuns } from '../../../../api/operations/runs.ts';
import { packRows } from '../../../../api/packed-rows.ts';
import { jsonResponse, respond } from '../../../../api/respond.ts';
import { changeManyRuns } from '../../../../store/change-many-runs.ts';
import { cursorOf, index, versionOf } from '../../../../store/store.ts';

type Index = Awaited<ReturnType<typeof index>>;

/** All rows as they were sent last: of thousands, writing them down takes longer than sending them. */
let all: { readonly version: number; readonly json: string } | null = null;

export const GET = respond(listRuns, async ({ query }) => {
  const found = await index();
  const since = versionOf(query.since);
  if (since > 0) return changesOf(found, since);
  if (all?.version !== found.version) {
    all = { version: found.version, json: JSON.stringify(changesOf(found, 0)) };
  }
  return jsonResponse(all.json);
});

export const PATCH = respond(changeRuns, ({ body }) => changeManyRuns(body));

function changesOf(found: Index, since: number) {
  const { version, rows, removed } = found.changes(since);
  return {
    cursor: cursorOf(version),
    all: since === 0,
    rows: packRows(rows),
    removed: [...removed],
    damaged: found.damaged().runs,
  };
}
