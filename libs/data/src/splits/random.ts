import type { SplitStrategy } from './split-strategy.ts';

/** Stratified: int(fraction * n) images of each class, as many as the keras strategy takes, drawn at random. */
export const splitRandom: SplitStrategy = (classes, fraction, random) =>
  new Set(
    classes.flatMap(({ files }) => random.shuffle(files).slice(0, Math.trunc(fraction * files.length))),
  );
