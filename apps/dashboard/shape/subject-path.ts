import type { Event } from '../api/operations/overview.ts';

/** The page of a sweep, a run or a version of a model. */
export function subjectPath({ what, id }: Pick<Event, 'what' | 'id'>): string {
  if (what === 'model') return `/models/${id.split(':').map(encodeURIComponent).join('/')}`;
  return `/${what}s/${encodeURIComponent(id)}`;
}
