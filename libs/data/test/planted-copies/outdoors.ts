import { Random } from '@thaw/base';
import { drawn, grain } from './drawn.ts';
import type { Pixels } from './pixels.ts';

const size = 192;

/** Farmland from above: strips of a few crops between roads, all in like colours. */
export async function fields(number: number): Promise<Pixels> {
  const random = new Random('fields', number);
  const crops = ['#6b7f3a', '#8a8f4b', '#a39a5e', '#5d6b36', '#7a6b4a'];
  const [angle, rows] = [random.uniform(0, 180), 5 + random.int(4)];
  const high = (1.5 * size) / rows;
  const strips = Array.from({ length: rows }, (_, row) => {
    let x = -size / 2;
    let strip = '';
    while (x < 1.5 * size) {
      const wide = random.uniform(12, 60);
      const furrows = Array.from(
        { length: Math.floor(wide / 4) },
        (_, i) =>
          `<rect x="${x + 4 * i}" y="${row * high - size / 4}" width="1.2" height="${high}" fill="#332" fill-opacity="${random.uniform(0.05, 0.25)}"/>`,
      );
      strip += `<rect x="${x}" y="${row * high - size / 4}" width="${wide - 1}" height="${high - 2}" fill="${crops[random.int(crops.length)]!}"/>${furrows.join('')}`;
      x += wide;
    }
    return strip;
  });
  const trees = Array.from(
    { length: 25 },
    () =>
      `<circle cx="${random.uniform(0, size)}" cy="${random.uniform(0, size)}" r="${random.uniform(1, 4)}" fill="#2f3d22"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="#b5ad94"/><g transform="rotate(${angle} ${size / 2} ${size / 2})">${strips.join('')}</g>${trees.join('')}</svg>`;
  return grain(await drawn(svg, 0.8), 4, random);
}

/** Yards by night: what is there hardly differs from the dark, but for a lamp or two, under the noise of a sensor. */
export async function night(number: number): Promise<Pixels> {
  const random = new Random('night', number);
  const things = Array.from({ length: 40 }, () => {
    const shade = Math.round(random.uniform(12, 34));
    return `<rect x="${random.uniform(-20, size)}" y="${random.uniform(-20, size)}" width="${random.uniform(8, 60)}" height="${random.uniform(8, 60)}" fill="rgb(${shade},${shade},${shade + 4})"/>`;
  });
  const lamps = Array.from({ length: 1 + random.int(2) }, () => {
    const [x, y] = [random.uniform(20, size - 20), random.uniform(10, size / 2)];
    return `<circle cx="${x}" cy="${y}" r="18" fill="#553" fill-opacity="0.5"/><circle cx="${x}" cy="${y}" r="3" fill="#ffd"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="#0c0c10"/>${things.join('')}${lamps.join('')}</svg>`;
  return grain(await drawn(svg, 0.7), 4, random);
}
