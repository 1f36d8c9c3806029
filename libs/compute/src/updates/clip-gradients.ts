import type { UpdateOptions } from '../update-options.ts';

type Clip = Pick<UpdateOptions, 'clipnorm' | 'globalClipnorm' | 'clipvalue'>;

/**
 * Clips gradients in place as Keras's optimisers do: each to a norm, all together to a norm, or each value. Nothing where the limit
 * is 0 or left out. A gradient that is infinite is clipped by its value alone; by a norm it makes what is clipped with it NaN or 0.
 */
export function clipGradients(
  gradients: readonly Float32Array[],
  { clipnorm = 0, globalClipnorm = 0, clipvalue = 0 }: Clip,
): void {
  if (clipvalue > 0) for (const each of gradients) clamp(each, clipvalue);
  if (clipnorm > 0) for (const each of gradients) shrink(each, Math.sqrt(squares(each)), clipnorm);
  if (globalClipnorm === 0) return;
  const norm = Math.sqrt(gradients.reduce((sum, each) => sum + squares(each), 0));
  for (const each of gradients) shrink(each, Number.isFinite(norm) ? norm : NaN, globalClipnorm);
}

function clamp(gradient: Float32Array, limit: number): void {
  for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-limit, Math.min(gradient[i]!, limit));
}

function shrink(gradient: Float32Array, norm: number, limit: number): void {
  if (norm <= limit) return;
  const share = limit / norm;
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= share;
}

function squares(gradient: Float32Array): number {
  let sum = 0;
  for (const value of gradient) sum += value * value;
  return sum;
}
