import { agreements, type OtherRun } from './agreement.ts';
import { splitWords } from './image-filter.ts';
import type { ImageTable } from './image-table.ts';

export const colorings = {
  class: 'True class',
  predicted: 'Predicted class',
  split: 'Part',
  answer: 'Right or wrong',
  agreement: 'A against B',
  group: 'Photograph',
} as const;
export type Coloring = keyof typeof colorings;

/** What colours the points of a map: a name and a colour for each kind of image, and the kind of each image. */
export interface ImageColors {
  /** Empty where there are too many kinds to be named. */
  readonly names: readonly string[];
  /** As red, green and blue of 0 to 255. */
  readonly colors: readonly Rgb[];
  readonly kinds: Int32Array;
}

export type Rgb = readonly [number, number, number];

interface Palette {
  /** For kinds without an order. */
  readonly series: readonly string[];
  /** For what is good, what is not, and what is neither. */
  readonly right: string;
  readonly wrong: string;
  readonly muted: string;
}

/** Colours that people tell apart by name end here; beyond, kinds share hues and are not named. */
const mostNamed = 24;

export function imageColors(
  table: ImageTable,
  by: Coloring,
  other: OtherRun | null,
  { series, right, wrong, muted }: Palette,
): ImageColors {
  const listed = (count: number) =>
    Array.from({ length: count }, (_, i) => (count <= series.length ? rgbOf(series[i]!) : hue(i)));
  switch (by) {
    case 'class':
      return { names: named(table.classes), colors: listed(table.classes.length), kinds: table.labels };
    case 'predicted': {
      const kinds = table.predicted.map((each) => (each < 0 ? table.classes.length : each));
      const colors = [...listed(table.classes.length), rgbOf(muted)];
      return { names: named([...table.classes, 'not asked']), colors, kinds };
    }
    case 'split':
      return {
        names: splitWords,
        colors: [muted, right, wrong].map(rgbOf),
        kinds: Int32Array.from(table.splits),
      };
    case 'answer': {
      const kinds = table.predicted.map((each, i) => (each < 0 ? 2 : Number(each !== table.labels[i])));
      return { names: ['right', 'wrong', 'not asked'], colors: [right, wrong, muted].map(rgbOf), kinds };
    }
    case 'agreement': {
      const kinds = Int32Array.from(other?.agreement ?? new Uint8Array(table.count).fill(4));
      return { names: agreements, colors: [series[2]!, right, wrong, series[3]!, muted].map(rgbOf), kinds };
    }
    case 'group': {
      const colors = Array.from(table.groupSizes, (size, i) => (size > 1 ? hue(i) : rgbOf(muted)));
      return { names: [], colors, kinds: table.groups };
    }
  }
}

function named(names: readonly string[]): readonly string[] {
  return names.length <= mostNamed ? names : [];
}

/** The golden angle apart, so that numbers beside each other look different. */
function hue(i: number): Rgb {
  const h = (i * 137.508) % 360;
  const [saturation, lightness] = [0.65, 0.5];
  const channel = (n: number) => {
    const k = (n + h / 30) % 12;
    const spread = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
