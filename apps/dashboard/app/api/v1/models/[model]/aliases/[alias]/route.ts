import { removeAlias } from '../../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../../api/respond.ts';
import { modelStore } from '../../../../../../../store/model-store.ts';

export const DELETE = respond(removeAlias, async ({ params: { model, alias } }) => {
  await modelStore().removeAlias(model, alias);
  return { removed: alias };
});
