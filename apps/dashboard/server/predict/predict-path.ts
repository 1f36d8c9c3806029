import { explain, predict } from '../../api/operations/predictions.ts';
import { pathParameters } from '../../api/path-parameters.ts';

/** The model and the action that an address asks for; null for one that asks for something else. */
export function predictPath(
  url: string,
): { readonly model: string; readonly action: 'predict' | 'explain' } | null {
  for (const { path, id } of [predict, explain]) {
    const params = pathParameters(path, url);
    if (params) return { model: params['model']!, action: id as 'predict' | 'explain' };
  }
  return null;
}
