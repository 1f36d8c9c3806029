import { removeAlias } from '../../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../../api/respond.ts';
import { modelStore } from '../../../../../../../store/model-store.ts';

export const DELETE = respond(removeAlias, async ({ params }) => {
  const alias = decodeURIComponent(params.alias);
  await modelStore().removeAlias(decodeURIComponent(params.model), alias);
  return { removed: alias };
});
