import type { Random } from '@thaw/base';
import type { Anatomy } from './anatomy.ts';
import { blobPath, circle, css, mix, polar } from './drawing.ts';
import type { Point, Rgb } from './drawing.ts';
import { drawNucleus } from './nucleus.ts';
import type { Stain } from './stain.ts';

function drawGranules(anatomy: Anatomy, center: Point, radius: number, stain: Stain, random: Random) {
  const { kind, contrast } = anatomy.granules;
  if (kind === 'none') return '';
  const coarse = kind === 'coarse';
  const size = radius * (coarse ? random.uniform(0.055, 0.085) : random.uniform(0.02, 0.04));
  const color: Rgb = coarse ? stain.eosinophilGranule : mix(stain.pinkCytoplasm, stain.chromatin, 0.45);
  return Array.from({ length: coarse ? 130 : 170 }, () =>
    circle(
      polar(center, 0.95 * radius * Math.sqrt(random.uniform()), random.uniform(0, 2 * Math.PI)),
      size * random.uniform(0.8, 1.25),
      mix(color, stain.background, 0.15 * random.uniform()),
      contrast,
    ),
  ).join('');
}

function drawVacuoles(anatomy: Anatomy, center: Point, radius: number, stain: Stain, random: Random) {
  return Array.from({ length: anatomy.vacuoles }, () =>
    circle(
      polar(center, radius * random.uniform(0.5, 0.95), random.uniform(0, 2 * Math.PI)),
      radius * random.uniform(0.04, 0.1),
      stain.background,
      random.uniform(0.4, 0.8),
    ),
  ).join('');
}

/** SVG of one white cell whose cytoplasm has the given radius in pixels: cytoplasm, granules, nucleus, vacuoles. */
export function drawWhiteCell(
  anatomy: Anatomy,
  center: Point,
  radius: number,
  stain: Stain,
  random: Random,
): string {
  const outline = blobPath(
    {
      ...center,
      radius,
      roughness: anatomy.roughness,
      elongation: random.uniform(1, 1.2),
      angle: random.uniform(0, Math.PI),
    },
    random,
  );
  const cytoplasm = mix(stain.pinkCytoplasm, stain.blueCytoplasm, anatomy.blueness);
  const nucleusCenter = polar(
    center,
    radius * (1 - anatomy.nucleusExtent) * random.uniform(0, 0.9),
    random.uniform(0, 2 * Math.PI),
  );
  const chromatin = mix(stain.chromatin, [24, 10, 90], anatomy.condensation);
  const granules = drawGranules(anatomy, center, radius, stain, random);
  return `<defs><radialGradient id="cytoplasm"><stop offset="0.6" stop-color="${css(mix(cytoplasm, stain.background, 0.1))}"/><stop offset="1" stop-color="${css(cytoplasm)}"/></radialGradient>
<clipPath id="cell"><path d="${outline}"/></clipPath></defs>
<path d="${outline}" fill="url(#cytoplasm)" fill-opacity="${anatomy.density.toFixed(2)}" stroke="${css(mix(cytoplasm, stain.chromatin, 0.2))}" stroke-width="0.8" stroke-opacity="0.6"/>
<g clip-path="url(#cell)">${granules}</g>
${drawNucleus(anatomy.nucleus, nucleusCenter, radius * anatomy.nucleusExtent, chromatin, random)}
<g clip-path="url(#cell)">${drawVacuoles(anatomy, center, radius, stain, random)}</g>`;
}
