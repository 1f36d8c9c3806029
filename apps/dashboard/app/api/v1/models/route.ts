import { listModels } from '../../../../api/operations/models.ts';
import { respond } from '../../../../api/respond.ts';
import { describeModel } from '../../../../store/describe-model.ts';
import { modelStore } from '../../../../store/model-store.ts';

export const GET = respond(listModels, async () => {
  const models = await modelStore().all();
  return { models: models.map(describeModel), damaged: models.flatMap(({ damaged }) => damaged) };
});
