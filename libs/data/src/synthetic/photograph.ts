import { Random } from '@thaw/base';
import { drawAnatomy } from './anatomy.ts';
import type { WhiteCellType } from './anatomy.ts';
import { css, photographSize } from './drawing.ts';
import { drawPlatelets, drawRedCells } from './red-cells.ts';
import { drawOptics, drawStain } from './stain.ts';
import type { Optics } from './stain.ts';
import { drawWhiteCell } from './white-cell.ts';
import { sharp } from '../images/sharp.ts';

/** Pixels of one photograph: RGB, row-major, photographSize. */
export type Photograph = Uint8Array;

/** Uneven light, exposure and grain, in place. Grain is one value a pixel, as a sensor's is after its colour filter. */
function expose(pixels: Uint8Array, optics: Optics, random: Random): void {
  const { width, height } = photographSize;
  const [right, down] = [Math.cos(optics.falloffAngle), Math.sin(optics.falloffAngle)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(2 * x) / width - 1, (2 * y) / height - 1];
      const light =
        (1 - optics.falloff * (0.5 + 0.35 * (u * right + v * down))) *
        (1 - (optics.vignette * (u * u + v * v)) / 2);
      // The sum of two uniform draws: near enough to normal, and without logarithms and cosines.
      const grain = optics.grain * Math.sqrt(6) * (random.uniform() + random.uniform() - 1);
      for (let channel = 0; channel < 3; channel++, i++) {
        const value = pixels[i]! * light * optics.gain[channel]! + grain;
        pixels[i] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
}

/** A field of red cells with one white cell of the given type, as a function of `key` alone. */
export async function takePhotograph(
  type: WhiteCellType,
  key: readonly (string | number)[],
): Promise<Photograph> {
  const { width, height } = photographSize;
  const stream = (part: string) => new Random(...key, part);
  const stain = drawStain(stream('stain'));
  const optics = drawOptics(stream('optics'));
  const anatomy = drawAnatomy(type, stream('anatomy'));
  const layout = stream('layout');
  const cell = {
    x: width * layout.uniform(0.3, 0.7),
    y: height * layout.uniform(0.3, 0.7),
    radius: anatomy.radius * optics.redCellRadius,
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="${css(stain.background)}"/>
${drawRedCells(optics.redCellRadius, cell, stain, stream('red cells'))}
${drawPlatelets(optics.redCellRadius, stain, stream('platelets'))}
${drawWhiteCell(anatomy, cell, cell.radius, stain, stream('white cell'))}
</svg>`;
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().blur(optics.blur).raw().toBuffer();
  expose(pixels, optics, stream('grain'));
  return pixels;
}
