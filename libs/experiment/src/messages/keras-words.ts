import { didYouMean } from './nearest.ts';

/** Why a word that Keras has is none of this file, and where what it asks for stands, if anywhere. */
interface KerasWord {
  readonly why: string;
  readonly meant?: string;
}

const ownPixels: KerasWord = { why: 'which is not needed: each backbone prepares its own pixels' };
const whitening: KerasWord = { why: 'which no pretrained backbone knows: each prepares its own pixels' };

/** The words of Keras's `ImageDataGenerator` that are not settings here. */
const generatorWords: Readonly<Record<string, KerasWord>> = {
  rescale: ownPixels,
  preprocessing_function: ownPixels,
  samplewise_center: ownPixels,
  samplewise_std_normalization: ownPixels,
  featurewise_center: ownPixels,
  featurewise_std_normalization: ownPixels,
  zca_whitening: whitening,
  zca_epsilon: whitening,
  interpolation_order: { why: 'which is always 1 here: images that move are interpolated linearly' },
  data_format: { why: 'which is not needed: each engine orders pixels as it likes them best' },
  dtype: { why: 'which is not needed: images are numbers of 32 bits' },
  validation_split: { why: 'which has another name here', meant: 'split.validation' },
};

/** What to say about a word of Keras's generator of images, beside what is allowed in its place; null for other words. */
export function kerasWord(name: string, allowed: readonly string[]): string | null {
  if (!Object.hasOwn(generatorWords, name)) return null;
  const { why, meant = null } = generatorWords[name]!;
  const hint = didYouMean(meant);
  return `found a word of Keras's ImageDataGenerator ${why}; allowed: ${allowed.join(', ')}${hint}`;
}
