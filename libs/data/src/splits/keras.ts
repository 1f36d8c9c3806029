import type { SplitStrategy } from './split-strategy.ts';

/**
 * Keras's `ImageDataGenerator(validation_split=...)`: the first int(fraction * n) images of each class by name. Copies
 * of one photograph tend to land on both sides, so the validation accuracy flatters; see `splitGrouped`.
 */
export const splitKeras: SplitStrategy = (classes, fraction) =>
  new Set(classes.flatMap(({ files }) => files.slice(0, Math.trunc(fraction * files.length))));
