import type { ValueRange } from '../images/deep-image.ts';
import type { ListedFile } from '../layouts/layout.ts';
import { lookOfDeep, type DeepLook, type ImageLook } from './image-look.ts';

/** From this share of a folder's images on they are no accident. */
const worthSaying = 0.1;

const words: Record<NonNullable<ReturnType<typeof lookOfDeep>>, (range: ValueRange | null) => string> = {
  'of one colour': () => 'of one colour.',
  'nearly black': () => 'nearly black.',
  'lost in eight bits': (range) =>
    `of more than eight bits, of which next to nothing is kept: their values lie within ${rangeText(range!)}. ` +
    'Set dataset.depth: auto to scale them by their range.',
};

/**
 * Folders whose images come out with nothing to be seen in them, in sentences: of one colour or nearly black, or with more than eight
 * bits of which `dataset.depth: uint8` keeps next to nothing. `range`: what such images are scaled by; null for `uint8`.
 */
export function lookWarnings(
  files: readonly ListedFile[],
  looks: ReadonlyMap<string, ImageLook>,
  range: ValueRange | null,
): string[] {
  const folders = new Map<string, ListedFile[]>();
  for (const file of files) {
    const folder = `${file.set ? `${file.set.toUpperCase()}, ` : ''}class ${file.label}`;
    const inside = folders.get(folder);
    if (inside) inside.push(file);
    else folders.set(folder, [file]);
  }
  return [...folders].flatMap(([folder, inside]) => {
    const found = inside.map(({ name }) => looks.get(name) ?? null);
    const seen = found.map((look) => (isDeepLook(look) ? lookOfDeep(look, range) : look));
    return Object.entries(words).flatMap(([what, say]) => {
      const count = seen.filter((each) => each === what).length;
      if (count === 0 || count < worthSaying * inside.length) return [];
      const images = `${count} of ${inside.length} images ${count === 1 ? 'is' : 'are'}`;
      return [`${folder}: ${images} ${say(rangeOf(found.filter(isDeepLook)))}`];
    });
  });
}

/** The range that holds all of some; null where there are none. */
export function rangeOf(looks: readonly ValueRange[]): ValueRange | null {
  if (looks.length === 0) return null;
  const low = looks.reduce((least, look) => Math.min(least, look.low), Infinity);
  const high = looks.reduce((most, look) => Math.max(most, look.high), -Infinity);
  return { low, high };
}

export function isDeepLook(look: ImageLook): look is DeepLook {
  return typeof look === 'object' && look !== null;
}

function rangeText({ low, high }: ValueRange): string {
  const short = (value: number) => String(Number(value.toPrecision(6)));
  return `${short(low)} to ${short(high)}`;
}
