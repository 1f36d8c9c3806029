import { moveAlias } from '../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../api/respond.ts';
import { modelStore } from '../../../../../../store/model-store.ts';

export const POST = respond(moveAlias, async ({ params: { model: name }, body: { alias, version } }) => {
  const store = modelStore();
  if (version === null) return { alias, version: await store.rollBack(name, alias) };
  await store.setAlias(name, alias, version);
  return { alias, version };
});
