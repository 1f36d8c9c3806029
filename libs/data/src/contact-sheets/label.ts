import { createRequire } from 'node:module';
import { printedName } from '@thaw/base';
import { sharp } from '../images/sharp.ts';

// A font of our own: slim machines have none, and labels would be blank.
const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve('@expo-google-fonts/roboto-mono/400Regular/RobotoMono_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/roboto-mono/700Bold/RobotoMono_700Bold.ttf'),
};

export type LabelStyle = 'regular' | 'bold';

/** Roboto Mono is 0.6 em wide; small sizes are rounded up to whole pixels. */
const widthPerSize = 0.64;

/** How many characters of a size (pixels) fit into a width (pixels). */
export function fittingCharacters(width: number, size: number): number {
  return Math.max(1, Math.floor(width / (size * widthPerSize)));
}

/** The text, or its beginning and end around `…` where it has more characters than `length`. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  const tail = end === 0 ? [] : characters.slice(-end);
  return [...characters.slice(0, length - 1 - end), '…', ...tail].join('');
}

/** One line of text as a PNG with a transparent ground, cut to `width` pixels; null for text without ink. */
export async function drawLabel(
  text: string,
  {
    size,
    width,
    color,
    style = 'regular',
  }: { size: number; width: number; color: string; style?: LabelStyle },
): Promise<Buffer | null> {
  const shown = shorten(printedName(text), fittingCharacters(width, size));
  if (shown.trim() === '') return null;
  const family = style === 'bold' ? 'Roboto Mono Bold' : 'Roboto Mono';
  return sharp({
    text: {
      text: `<span foreground="${color}">${escape(shown)}</span>`,
      font: `${family} ${size}`,
      fontfile: fonts[style],
      dpi: 72,
      rgba: true,
    },
  })
    .png()
    .toBuffer();
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
