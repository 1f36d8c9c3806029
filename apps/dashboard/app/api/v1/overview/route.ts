import { getOverview } from '../../../../api/operations/overview.ts';
import { respond } from '../../../../api/respond.ts';
import { dataChange } from '../../../../store/data-changes.ts';
import { describeModel } from '../../../../store/describe-model.ts';
import { modelStore } from '../../../../store/model-store.ts';
import { attention, events } from '../../../../store/overview.ts';
import { index, store } from '../../../../store/store.ts';
import { summarizeSweep } from '../../../../store/summarize-sweep.ts';

export const GET = respond(getOverview, async () => {
  const found = await index();
  const models = await modelStore().all();
  const dataChanges = new Map<string, string>();
  for (const { name, versions } of models) {
    for (const version of versions) {
      const text = await dataChange(store(), version);
      if (text !== null) dataChanges.set(`${name}:${version.version}`, text);
    }
  }
  const { runs, sweeps } = found.damaged();
  const input = {
    sweeps: found
      .sweeps()
      .map((sweep) => summarizeSweep(found, sweep))
      .reverse(),
    rows: found.rows(),
    models: models.map(describeModel),
    damaged: [...runs, ...sweeps, ...models.flatMap((model) => model.damaged)],
    dataChanges,
  };
  return { attention: attention(input), events: events(input) };
});
