import type { UpdateOptions } from '../../update-options.ts';
import { tidy, type AnyTensor, type TensorFlow } from './kernels.ts';

type Gradients = Readonly<Record<string, AnyTensor>>;

/** What `updates/clip-gradients.ts` does, on tensors: the gradients themselves where nothing is clipped, else new ones. */
export function clipTensors(
  tf: TensorFlow,
  gradients: Gradients,
  { clipnorm = 0, globalClipnorm = 0, clipvalue = 0 }: UpdateOptions,
): Gradients {
  const each = (change: (gradient: AnyTensor) => AnyTensor) =>
    Object.fromEntries(Object.entries(gradients).map(([key, gradient]) => [key, change(gradient)]));
  const squares = (gradient: AnyTensor) => tf.sum(tf.square(gradient));
  const share = (norm: AnyTensor, limit: number) => tf.div(limit, tf.maximum(norm, limit));
  return tidy(tf, () => {
    if (clipvalue > 0) return each((gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
    if (clipnorm > 0) {
      return each((gradient) => tf.mul(gradient, share(tf.sqrt(squares(gradient)), clipnorm)));
    }
    if (globalClipnorm === 0) return gradients;
    const norm = tf.sqrt(tf.addN(Object.values(gradients).map(squares)));
    // An infinite norm less itself is no number, and makes none of every gradient.
    const all = tf.add(share(norm, globalClipnorm), tf.sub(norm, norm));
    return each((gradient) => tf.mul(gradient, all));
  });
}
