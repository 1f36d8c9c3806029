import { listModels } from '../../../../api/operations/models.ts';
import { respond } from '../../../../api/respond.ts';
import { describeModel } from '../../../../store/describe-model.ts';
import { modelStore } from '../../../../store/model-store.ts';

export const GET = respond(listModels, async () => {
  const store = modelStore();
  const models = await Promise.all((await store.names()).map((name) => store.model(name).catch(() => null)));
  const known = models.filter((model) => model !== null);
  return { models: known.map(describeModel), damaged: known.flatMap((model) => model.damaged) };
});
