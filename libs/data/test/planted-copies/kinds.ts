import { Random } from '@thaw/base';
import { photograph } from '../photograph-copies.ts';
import { drawn, grain } from './drawn.ts';
import { fields, night } from './outdoors.ts';
import { paper } from './papers.ts';
import type { Pixels } from './pixels.ts';

/** Makes photograph `number` of a kind, a function of its number alone. */
type Kind = (number: number) => Promise<Pixels>;

/** Photographs that are alike within a kind: what they share must not make them copies. */
export const kinds = {
  smear: async (number) => ({ width: 320, height: 240, data: await photograph('bench', number) }),
  hands: hand,
  'X-rays': xray,
  products: product,
  textures: texture,
  icons: icon,
  papers: paper,
  fields,
  night,
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** Hands of 30 people before 5 walls, ten signs each. */
async function hand(number: number): Promise<Pixels> {
  const size = 120;
  const person = new Random('person', Math.floor(number / 10));
  const wall = new Random('wall', Math.floor(number / 10) % 5);
  const random = new Random('hand', number);
  const sign = number % 10;
  const tone = wall.uniform(170, 225);
  const skin = [person.uniform(150, 220), person.uniform(110, 160), person.uniform(80, 130)];
  const [x, y] = [size * (0.5 + 0.06 * random.normal()), size * (0.62 + 0.05 * random.normal())];
  const palm = size * person.uniform(0.13, 0.17);
  const lean = 0.15 * random.normal();
  const creases = Array.from({ length: 6 }, () => {
    const [right, down] = [palm * random.uniform(-0.8, 0.8), palm * random.uniform(-0.8, 2.5)];
    return `<path d="M${x + right} ${y + down}q${random.uniform(-8, 8)} ${random.uniform(-4, 4)} ${random.uniform(-14, 14)} ${random.uniform(-8, 8)}" stroke="rgba(70,35,25,0.5)" stroke-width="1.2" fill="none"/>`;
  });
  const limb = (angle: number, length: number, width: number, root: number) => {
    const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
    return `<line x1="${x + root * dx}" y1="${y + root * dy}" x2="${x + length * dx}" y2="${y + length * dy}" stroke="rgb(${skin.join()})" stroke-width="${width}" stroke-linecap="round"/><line x1="${x + root * dx + width / 2}" y1="${y + root * dy}" x2="${x + length * dx + width / 2}" y2="${y + length * dy}" stroke="rgba(60,30,20,0.5)" stroke-width="1.5"/>`;
  };
  const fingers = Array.from({ length: 5 }, (_, i) => {
    const isOut = ((sign * 7 + 3) >> i) & 1;
    const angle = lean + (i - 2) * 0.35 + 0.14 * random.normal();
    return limb(angle, palm * (isOut ? 2.3 : 1.2) * random.uniform(0.8, 1.2), palm * 0.42, palm * 0.6);
  });
  const fold = (wall.uniform(0.1, 0.9) + 0.05 * random.normal()) * size;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><defs><radialGradient id="w"><stop offset="0.3" stop-color="rgb(${tone},${tone - 4},${tone - 10})"/><stop offset="1" stop-color="rgb(${tone - 60},${tone - 66},${tone - 74})"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#w)"/><line x1="0" y1="${fold}" x2="${size}" y2="${fold + wall.uniform(-20, 20)}" stroke="rgb(${tone - 40},${tone - 40},${tone - 45})" stroke-width="2"/>${limb(Math.PI + lean, size, palm * 1.1, 0)}${fingers.join('')}<circle cx="${x}" cy="${y}" r="${palm}" fill="rgb(${skin.join()})"/>${creases.join('')}<path d="M${x - palm * 0.6} ${y}q${palm * 0.6} ${palm * random.uniform(0.2, 0.6)} ${palm * 1.2} 0" stroke="rgba(80,40,30,0.6)" fill="none"/></svg>`;
  return grain(await drawn(svg, 0.5), 3, random);
}

/** Chests: smooth anatomy that varies little, and little noise. */
async function xray(number: number): Promise<Pixels> {
  const [width, height] = [240, 220];
  const random = new Random('chest', number);
  const vary = (value: number, by = 0.05) => value * (1 + by * random.normal());
  const lung = (side: number) =>
    `<ellipse cx="${width / 2 + side * vary(52)}" cy="${vary(105)}" rx="${vary(38)}" ry="${vary(75)}" fill="#1c1c1c" fill-opacity="0.8"/>`;
  const ribs = Array.from({ length: 9 }, (_, i) =>
    [-1, 1].map((side) => {
      const y = 30 + i * vary(17, 0.03);
      return `<path d="M${width / 2 + side * 8} ${y}q${side * vary(50)} ${vary(-16, 0.2)} ${side * vary(92)} ${vary(34, 0.1)}" stroke="#bbb" stroke-opacity="${vary(0.35, 0.15)}" stroke-width="${vary(6, 0.1)}" fill="none"/>`;
    }),
  );
  const vessels = Array.from({ length: 30 }, () => {
    const [x, y] = [width / 2 + random.uniform(-70, 70), random.uniform(50, 170)];
    return `<path d="M${x} ${y}q${random.uniform(-9, 9)} ${random.uniform(-9, 9)} ${random.uniform(-18, 18)} ${random.uniform(-18, 18)}" stroke="#aaa" stroke-opacity="${random.uniform(0.15, 0.4)}" stroke-width="${random.uniform(1, 3)}" fill="none"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#101010"/><ellipse cx="${width / 2}" cy="${vary(150)}" rx="${vary(108)}" ry="${vary(150)}" fill="#8a8a8a"/>${lung(-1)}${lung(1)}<rect x="${width / 2 - 9}" width="18" height="100%" fill="#c4c4c4" fill-opacity="0.7"/>${ribs.flat().join('')}${vessels.join('')}<ellipse cx="${width / 2 + vary(16)}" cy="${vary(135)}" rx="${vary(34)}" ry="${vary(28)}" fill="#b8b8b8" fill-opacity="0.8"/></svg>`;
  const drawing = await drawn(svg, 1.6);
  return grain(drawing, 1.5, random, true);
}

/** Goods on white, of a few shapes, each photographed as it stood: larger or smaller, wider or narrower, aside and leaning a little. */
async function product(number: number): Promise<Pixels> {
  const size = 200;
  const random = new Random('product', number);
  const colour = () => `hsl(${random.int(360)},${random.uniform(20, 90)}%,${random.uniform(20, 75)}%)`;
  const [first, second] = [colour(), colour()];
  const [wide, high] = [random.uniform(0.8, 1.1), random.uniform(0.8, 1.1)];
  const pose = `translate(${100 + 5 * random.normal()} ${100 + 5 * random.normal()}) rotate(${2 * random.normal()}) scale(${wide} ${high}) translate(-100 -100)`;
  const body = [
    '<rect id="s" x="40" y="30" width="120" height="140" rx="12"/>',
    '<path id="s" d="M60 40h80l30 40-22 12-8-12v96h-80v-96l-8 12-22-12z"/>',
    '<path id="s" d="M85 20h30v40q25 15 25 40v75h-80v-75q0-25 25-40z"/>',
    '<ellipse id="s" cx="100" cy="100" rx="70" ry="62"/>',
  ][number % 4]!;
  const marks = Array.from({ length: 14 }, () => {
    const [x, y] = [random.uniform(40, 160), random.uniform(30, 170)];
    const kind = random.int(3);
    if (kind === 0)
      return `<circle cx="${x}" cy="${y}" r="${random.uniform(3, 16)}" fill="${colour()}" fill-opacity="0.7"/>`;
    if (kind === 1)
      return `<rect x="${x}" y="${y}" width="${random.uniform(6, 60)}" height="${random.uniform(2, 12)}" fill="${colour()}"/>`;
    return `<path d="M${x} ${y}q${random.uniform(-40, 40)} ${random.uniform(-40, 40)} ${random.uniform(-60, 60)} ${random.uniform(-20, 20)}" stroke="${colour()}" stroke-width="${random.uniform(1, 6)}" fill="none"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><defs><linearGradient id="g"><stop stop-color="${first}"/><stop offset="1" stop-color="${second}"/></linearGradient><clipPath id="c">${body.replace(' id="s"', '')}</clipPath></defs><rect width="100%" height="100%" fill="white"/><g transform="${pose}">${body.replace(' id="s"', ' fill="url(#g)"')}<g clip-path="url(#c)">${marks.join('')}</g></g></svg>`;
  return drawn(svg, 0.4);
}

/** Ground seen from above: nothing but texture. */
function texture(number: number): Promise<Pixels> {
  const random = new Random('texture', number);
  const size = 160;
  const field = new Float32Array(size * size);
  for (let cell = 64; cell >= 2; cell /= 2) {
    const side = Math.ceil(size / cell) + 2;
    const grid = Float32Array.from({ length: side * side }, () => random.normal());
    const smooth = (t: number) => t * t * (3 - 2 * t);
    for (let y = 0; y < size; y++) {
      const row = Math.floor(y / cell);
      const v = smooth(y / cell - row);
      for (let x = 0; x < size; x++) {
        const column = Math.floor(x / cell);
        const u = smooth(x / cell - column);
        const at = row * side + column;
        const upper = grid[at]! * (1 - u) + grid[at + 1]! * u;
        const lower = grid[at + side]! * (1 - u) + grid[at + side + 1]! * u;
        const to = y * size + x;
        field[to] = field[to]! + (upper * (1 - v) + lower * v) * cell ** 0.7;
      }
    }
  }
  const data = new Uint8ClampedArray(size * size * 3);
  for (const [i, value] of field.entries())
    data.set([110 + 2.2 * value, 115 + 1.8 * value, 80 + 1.4 * value], 3 * i);
  return Promise.resolve({ width: size, height: size, data: new Uint8Array(data.buffer) });
}

const glyphs = [
  'M50 80V22M28 44L50 22L72 44',
  'M25 75L75 25M40 25H75V60',
  'M20 35L50 65L80 35',
  'M25 50H75M50 25V50M60 70H70',
  'M30 30H70V70M30 45V70H50',
  'M50 22L78 74H22Z',
  'M25 30H75M25 50H60M25 70H75',
  'M35 25V75M35 25L70 40L35 55',
  'M30 70Q30 30 70 30M56 18L70 30L56 42',
  'M25 60A25 25 0 1 1 75 60M50 35V60H68',
];

/** Line drawings, in frames or not, each turned by quarters: another turn means something else. */
function icon(number: number): Promise<Pixels> {
  const turn = number % 4;
  const glyph = glyphs[Math.floor(number / 4) % glyphs.length]!;
  const style = Math.floor(number / (4 * glyphs.length));
  const around = [
    '',
    '<circle cx="50" cy="50" r="46"/>',
    '<rect x="5" y="5" width="90" height="90"/>',
    '<rect x="5" y="5" width="90" height="90" rx="20"/>',
    '<path d="M50 3L97 50L50 97L3 50Z"/>',
  ][style % 5]!;
  const width = [4, 7][Math.floor(style / 5) % 2]!;
  return drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 100 100"><rect width="100" height="100" fill="white"/><g fill="none" stroke="#222" stroke-width="${width}">${around}<path d="${glyph}" transform="rotate(${90 * turn} 50 50)"/></g></svg>`,
    0,
  );
}

/** Frame `number` of a fixed camera: one street, and other people every two seconds; a second frame 0.1 s later. */
export async function streetFrame(number: number, later: boolean): Promise<Pixels> {
  const [width, height] = [384, 288];
  const street = new Random('street');
  const houses = Array.from({ length: 60 }, () => {
    const shade = Math.round(street.uniform(60, 200));
    return `<rect x="${street.uniform(-20, width)}" y="${street.uniform(-20, height * 0.9)}" width="${street.uniform(8, 70)}" height="${street.uniform(8, 60)}" fill="rgb(${shade},${shade - 10},${shade - 25})"/>`;
  });
  const random = new Random('people', number);
  const people = Array.from({ length: 7 }, () => {
    const y = random.uniform(0.3, 0.95) * height;
    const size = 12 + (y / height) * 26;
    const step = random.uniform(-1.5, 1.5);
    const x = random.uniform(0, width) + (later ? step : 0);
    return `<ellipse cx="${x}" cy="${y - size * 0.9}" rx="${size / 7}" ry="${size / 6}" fill="#b98"/><rect x="${x - size / 4}" y="${y - size * 0.75}" width="${size / 2}" height="${size * 0.5}" fill="hsl(${random.int(360)},50%,${random.uniform(15, 60)}%)"/><rect x="${x - size / 6}" y="${y - size * 0.25}" width="${size / 3}" height="${size * 0.4}" fill="#223"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#988"/>${houses.join('')}<rect y="${height * 0.75}" width="100%" height="30%" fill="#777" fill-opacity="0.6"/>${people.join('')}</svg>`;
  return grain(await drawn(svg, 0.6), 4, new Random('sensor', number, later ? 1 : 0));
}
