import { annotateRun, changeOf, getAnnotations } from '../../../../../../api/operations/runs.ts';
import { respond } from '../../../../../../api/respond.ts';
import { changed, store } from '../../../../../../store/store.ts';

export const GET = respond(getAnnotations, async ({ params }) => {
  const annotations = await store().annotations(params.run);
  return { ...annotations, tags: [...annotations.tags] };
});

export const PATCH = respond(annotateRun, async ({ params, body }) => {
  const annotations = await store().annotate(params.run, changeOf(body));
  changed();
  return { ...annotations, tags: [...annotations.tags] };
});
