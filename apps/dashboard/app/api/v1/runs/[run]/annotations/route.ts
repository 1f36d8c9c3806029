import { annotateRun, changeOf } from '../../../../../../api/operations/runs.ts';
import { respond } from '../../../../../../api/respond.ts';
import { changed, store } from '../../../../../../store/store.ts';

export const PATCH = respond(annotateRun, async ({ params, body }) => {
  const annotations = await store().annotate(params.run, changeOf(body));
  changed();
  return { ...annotations, tags: [...annotations.tags] };
});
