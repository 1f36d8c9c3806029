import { apiBase } from '../api/operation.ts';
import type { Explanation } from '../api/operations/models.ts';
import { ApiError } from './fetch-api.ts';

/** Asks the server what a model says of an image, and why. An ApiError where it refuses. */
export async function explainImage(model: string, image: File): Promise<Explanation> {
  const body = new FormData();
  body.append('image', image);
  const response = await fetch(`${apiBase}/models/${encodeURIComponent(model)}/explain`, {
    method: 'POST',
    body,
  });
  if (response.ok) return (await response.json()) as Explanation;
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  throw new ApiError(response.status, problem?.detail ?? `the server answered ${response.status}`);
}
