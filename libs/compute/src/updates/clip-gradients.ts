import { sum } from '@thaw/base';
import type { UpdateOptions } from '../update-options.ts';
import type { Vectors } from './vectors.ts';

type Clip = Pick<UpdateOptions, 'clipnorm' | 'globalClipnorm' | 'clipvalue'>;

/**
 * Clips gradients in place as Keras's optimisers do: each to a norm, all together to a norm, or each value. Nothing where the limit
 * is 0 or left out. A gradient that is infinite is clipped by its value alone; by a norm it makes what is clipped with it NaN or 0.
 */
export function clipGradients(
  vectors: Vectors,
  gradients: readonly Float32Array[],
  { clipnorm = 0, globalClipnorm = 0, clipvalue = 0 }: Clip,
): void {
  const shrink = (gradient: Float32Array, norm: number, limit: number) => {
    if (!(norm <= limit)) vectors.scale(gradient, limit / norm);
  };
  if (clipvalue > 0) for (const each of gradients) clamp(each, clipvalue);
  if (clipnorm > 0) for (const each of gradients) shrink(each, Math.sqrt(vectors.squares(each)), clipnorm);
  if (globalClipnorm === 0) return;
  const norm = Math.sqrt(sum(gradients.map((each) => vectors.squares(each))));
  for (const each of gradients) shrink(each, Number.isFinite(norm) ? norm : NaN, globalClipnorm);
}

function clamp(gradient: Float32Array, limit: number): void {
  for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-limit, Math.min(gradient[i]!, limit));
}
