import type { Random } from '@thaw/base';

/** The four kinds of white cell, which are the classes, in the order of their names. */
export const whiteCellTypes = ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'] as const;
export type WhiteCellType = (typeof whiteCellTypes)[number];

export type NucleusForm =
  /** Segments on an arc, joined by threads. */
  | { kind: 'lobes'; count: number }
  /** A sausage on an arc; `bend` 0 is an oval, 1 a horseshoe. */
  | { kind: 'bean'; bend: number }
  | { kind: 'round' };

/** One white cell as its type makes it likely. Lengths are in red-cell radii, or in cell radii where it says so. */
export interface Anatomy {
  radius: number;
  /** Unevenness of the cell's outline. */
  roughness: number;
  nucleus: NucleusForm;
  /** Extent of the nucleus in cell radii. */
  nucleusExtent: number;
  /** How dark the chromatin is against the smear's stain; 0 is as the stain has it, 1 almost black. */
  condensation: number;
  /** 0: the cytoplasm is eosin's pink, 1: azure's blue. */
  blueness: number;
  /** How solid the cytoplasm is over the background. */
  density: number;
  granules: { kind: 'none' | 'fine' | 'coarse'; contrast: number };
  vacuoles: number;
}

/** An item by its share of the whole; the shares sum to 1. */
function choose<T>(choices: readonly (readonly [share: number, item: T])[], random: Random): T {
  let left = random.uniform();
  for (const [share, item] of choices) {
    left -= share;
    if (left < 0) return item;
  }
  return choices.at(-1)![1];
}

const draws: Record<WhiteCellType, (random: Random) => Anatomy> = {
  EOSINOPHIL: (random) => ({
    radius: random.uniform(1.65, 2.2),
    roughness: random.uniform(0.02, 0.05),
    nucleus: choose(
      [
        [0.75, { kind: 'lobes', count: 2 }],
        [0.2, { kind: 'lobes', count: 3 }],
        [0.05, { kind: 'bean', bend: 0.7 }],
      ],
      random,
    ),
    nucleusExtent: random.uniform(0.62, 0.78),
    condensation: random.uniform(0, 0.3),
    blueness: random.uniform(0, 0.2),
    density: random.uniform(0.6, 0.9),
    granules: { kind: 'coarse', contrast: random.uniform(0.4, 0.9) },
    vacuoles: 0,
  }),
  LYMPHOCYTE: (random) => ({
    radius: random.uniform(1.15, 1.7),
    roughness: random.uniform(0.015, 0.06),
    nucleus: choose(
      [
        [0.75, { kind: 'round' }],
        [0.25, { kind: 'bean', bend: random.uniform(0.05, 0.3) }],
      ],
      random,
    ),
    nucleusExtent: random.uniform(0.82, 0.96),
    condensation: random.uniform(0.1, 0.4),
    blueness: random.uniform(0.75, 1),
    density: random.uniform(0.6, 0.95),
    granules: { kind: 'none', contrast: 0 },
    vacuoles: 0,
  }),
  MONOCYTE: (random) => ({
    radius: random.uniform(1.9, 2.6),
    roughness: random.uniform(0.03, 0.09),
    nucleus: choose(
      [
        [0.75, { kind: 'bean', bend: random.uniform(0.25, 1) }],
        [0.15, { kind: 'round' }],
        [0.1, { kind: 'lobes', count: 2 }],
      ],
      random,
    ),
    nucleusExtent: random.uniform(0.7, 0.86),
    condensation: random.uniform(-0.25, 0.1),
    blueness: random.uniform(0.55, 1),
    density: random.uniform(0.45, 0.85),
    granules: { kind: 'fine', contrast: random.uniform(0, 0.25) },
    vacuoles: random.int(9),
  }),
  NEUTROPHIL: (random) => ({
    radius: random.uniform(1.6, 2.15),
    roughness: random.uniform(0.02, 0.05),
    nucleus: choose(
      [
        [0.15, { kind: 'bean', bend: random.uniform(0.7, 1.1) }],
        [0.15, { kind: 'lobes', count: 2 }],
        [0.35, { kind: 'lobes', count: 3 }],
        [0.25, { kind: 'lobes', count: 4 }],
        [0.1, { kind: 'lobes', count: 5 }],
      ],
      random,
    ),
    nucleusExtent: random.uniform(0.7, 0.86),
    condensation: random.uniform(0, 0.3),
    blueness: random.uniform(0, 0.45),
    density: random.uniform(0.45, 0.85),
    granules: { kind: 'fine', contrast: random.uniform(0.15, 0.55) },
    vacuoles: 0,
  }),
};

/** A white cell of the given type. The types overlap: no single trait tells them apart for certain. */
export function drawAnatomy(type: WhiteCellType, random: Random): Anatomy {
  return draws[type](random);
}
