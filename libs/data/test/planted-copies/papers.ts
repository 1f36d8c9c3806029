import { Random } from '@thaw/base';
import { drawn, grain } from './drawn.ts';
import type { Pixels } from './pixels.ts';

const [width, height] = [210, 280];

/** Scans of six forms that were filled in by hand, a little askew: the print is the same, what was written is not. */
export async function paper(number: number): Promise<Pixels> {
  const form = new Random('form', number % 6);
  const random = new Random('paper', number);
  const line = (x: number, y: number, length: number) =>
    `<rect x="${x}" y="${y}" width="${length}" height="0.8" fill="#555"/>`;
  const word = (from: Random, x: number, y: number, size: number) => {
    const letters = Array.from({ length: 3 + from.int(6) }, () =>
      String.fromCharCode(97 + from.int(26)),
    ).join('');
    return `<text x="${x}" y="${y}" font-size="${size}" font-family="sans-serif" fill="#333">${letters}</text>`;
  };
  const heading = `<rect x="16" y="14" width="${form.uniform(20, 60)}" height="${form.uniform(10, 20)}" fill="#667"/>${word(form, 100, 26, 13)}`;
  const rows = Array.from({ length: 14 }, (_, i) => {
    const y = 52 + 15 * i;
    const start = 16 + form.uniform(30, 90);
    return word(form, 16, y, 7) + line(start, y + 1, width - 16 - start) + writing(random, start + 3, y - 1);
  });
  const skew = `rotate(${0.8 * random.normal()} ${width / 2} ${height / 2}) translate(${random.normal()} ${random.normal()})`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f4f2ec"/><g transform="${skew}">${heading}${rows.join('')}</g></svg>`;
  return grain(await drawn(svg, 0.4), 2, random, true);
}

/** A word as a pen writes it, from a point on. */
function writing(random: Random, x: number, y: number): string {
  const strokes = Array.from(
    { length: 4 + random.int(10) },
    () =>
      `q${random.uniform(0, 4)} ${random.uniform(-9, 2)} ${random.uniform(3, 8)} ${random.uniform(-2, 2)}`,
  );
  return `<path d="M${x} ${y}${strokes.join('')}" stroke="#226" stroke-width="${random.uniform(0.9, 1.5)}" fill="none"/>`;
}
