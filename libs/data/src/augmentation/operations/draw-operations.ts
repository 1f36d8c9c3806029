import type { Random } from '@thaw/base';
import type { Augmentation } from '@thaw/experiment';
import type { Operation } from './operation.ts';

/** How far each kind of operation goes at a strength of 1. */
interface Ranges {
  readonly shear: number;
  readonly degrees: number;
  /** In pixels, of an image with sides of `size`. */
  readonly translate: (size: number) => number;
  /** What may be taken from or added to a blend's factor of 1. */
  readonly blend: number;
  /** Bits that posterisation takes. */
  readonly bits: number;
}

/** Those that the paper on RandAugment has from AutoAugment (Cubuk et al. 2018, table 6). */
const usual: Ranges = {
  shear: 0.3,
  degrees: 30,
  translate: (size) => (150 / 331) * size,
  blend: 0.9,
  bits: 4,
};

/** Those of TrivialAugment (Müller and Hutter 2021, table 1, Wide). */
const wide: Ranges = { shear: 0.99, degrees: 135, translate: () => 32, blend: 0.99, bits: 6 };

const blends = ['brightness', 'color', 'contrast', 'sharpness'] as const;
/** Those without a direction: nothing, or less of the image the stronger they are. */
const others = ['posterize', 'solarize', 'auto_contrast', 'equalize'] as const;
/** Keras's `RandAugment` shears and shifts along both axes at once, TrivialAugment along one. */
const ofRandAugment = ['shear', 'translate', 'rotate', ...blends, ...others] as const;
const ofTrivialAugment = [
  'identity',
  ...(['shear_x', 'shear_y', 'translate_x', 'translate_y', 'rotate'] as const),
  ...blends,
  ...others,
] as const;

type Name = (typeof ofRandAugment)[number] | (typeof ofTrivialAugment)[number];

/** Whole steps of strength, of which TrivialAugment draws one. */
const trivialSteps = 30;

/**
 * The operations that one image of this side goes through: with `rand_augment` so many, each drawn anew, of a strength drawn evenly
 * from 0 to its `factor` (Cubuk et al. 2020, Keras 3.15's `RandAugment`); with `trivial_augment` one, of any strength (Müller and
 * Hutter 2021). What can go either way goes either way.
 */
export function drawOperations(
  { rand_augment, trivial_augment = false }: Pick<Augmentation, 'rand_augment' | 'trivial_augment'>,
  size: number,
  random: Random,
): readonly Operation[] {
  const one = <T extends Name>(names: readonly T[]) => names[random.int(names.length)]!;
  if (trivial_augment) {
    const name = one(ofTrivialAugment);
    return [drawOperation(name, random.int(trivialSteps + 1) / trivialSteps, wide, size, random)];
  }
  if (!rand_augment) return [];
  return Array.from({ length: rand_augment.num_ops }, () => {
    const name = one(ofRandAugment);
    return drawOperation(name, random.uniform(0, rand_augment.factor), usual, size, random);
  });
}

function drawOperation(
  name: Name,
  strength: number,
  ranges: Ranges,
  size: number,
  random: Random,
): Operation {
  const eitherWay = (most: number) => (random.int(2) === 0 ? -1 : 1) * strength * most;
  const { shear, degrees, translate, blend, bits } = ranges;
  switch (name) {
    case 'identity':
    case 'auto_contrast':
    case 'equalize':
      return { name };
    case 'rotate':
      return { name, degrees: eitherWay(degrees) };
    case 'shear':
      return { name, x: eitherWay(shear), y: eitherWay(shear) };
    case 'shear_x':
      return { name: 'shear', x: eitherWay(shear), y: 0 };
    case 'shear_y':
      return { name: 'shear', x: 0, y: eitherWay(shear) };
    case 'translate':
      return { name, x: eitherWay(translate(size)), y: eitherWay(translate(size)) };
    case 'translate_x':
      return { name: 'translate', x: eitherWay(translate(size)), y: 0 };
    case 'translate_y':
      return { name: 'translate', x: 0, y: eitherWay(translate(size)) };
    case 'brightness':
    case 'color':
    case 'contrast':
    case 'sharpness':
      return { name, factor: 1 + eitherWay(blend) };
    case 'posterize':
      return { name, bits: 8 - Math.round(strength * bits) };
    case 'solarize':
      return { name, threshold: 256 * (1 - strength) };
  }
}
