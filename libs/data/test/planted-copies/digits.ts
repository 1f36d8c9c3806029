import { Random } from '@thaw/base';
import { drawn } from './drawn.ts';
import type { Pixels } from './pixels.ts';

const strokes = [
  'M14 5Q7 5 7 14Q7 23 14 23Q21 23 21 14Q21 5 14 5',
  'M10 8L15 4V24',
  'M8 9Q9 4 15 5Q21 7 18 13L8 23H21',
  'M8 6Q20 3 19 9Q18 13 13 13Q21 14 20 19Q17 25 8 22',
  'M17 24V4L6 17H23',
  'M20 5H10L9 13Q20 10 20 18Q18 25 8 22',
  'M18 4Q8 8 8 18Q10 24 15 23Q21 21 19 16Q15 12 9 17',
  'M7 5H21L12 24',
  'M14 13Q7 10 10 6Q14 3 18 6Q21 10 14 13Q6 17 9 21Q14 25 19 21Q22 17 14 13',
  'M19 10Q15 15 10 12Q7 8 12 5Q18 4 19 10Q19 18 14 24',
];

/** Digit `number` % 10 as one of many hands writes it, 28 pixels a side: each time otherwise. */
export function digit(number: number): Promise<Pixels> {
  const random = new Random('digit', number);
  const path = strokes[number % strokes.length]!.replace(
    /\d+/g,
    (place) => `${+place + 1.1 * random.normal()}`,
  );
  const pose = `translate(14 14) rotate(${8 * random.normal()}) scale(${random.uniform(0.8, 1.05)} ${random.uniform(0.8, 1.05)}) translate(-14 -14)`;
  return drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><rect width="28" height="28"/><path transform="${pose}" d="${path}" fill="none" stroke="white" stroke-width="${random.uniform(1.6, 3)}" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
    0.5,
  );
}
