import { Random } from '@thaw/base';
import { drawn, grain } from './drawn.ts';
import { through, type Pixels } from './pixels.ts';

/** Side of a field of a slide, in pixels; the next one shows half of it again. */
const side = 320;

/** Draws a slide of cells that is scanned in `columns` times `rows` fields, each of which overlaps the next by half, with noise of its own. */
export async function slideFields(columns: number, rows: number): Promise<Pixels[]> {
  const [width, height] = [((columns + 1) * side) / 2, ((rows + 1) * side) / 2];
  const random = new Random('slide');
  const cells = Array.from({ length: (width * height) / 700 }, () => {
    const [x, y, radius] = [random.uniform(0, width), random.uniform(0, height), random.uniform(9, 15)];
    const shade = Math.round(random.uniform(0, 25));
    return `<ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${radius * random.uniform(0.8, 1)}" fill="rgb(${225 - shade},${165 - shade},${170 - shade})" stroke="rgb(${205 - shade},${140 - shade},${150 - shade})" stroke-width="2"/>`;
  });
  const slide = await drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f2e6e2"/>${cells.join('')}</svg>`,
    1,
  );
  const places = Array.from(
    { length: columns * rows },
    (_, i) => [i % columns, Math.floor(i / columns)] as const,
  );
  return Promise.all(
    places.map(async ([column, row]) => {
      const region = { left: (column * side) / 2, top: (row * side) / 2, width: side, height: side };
      return grain(
        await through(slide, (image) => image.extract(region)),
        4,
        new Random('scan', column, row),
      );
    }),
  );
}
