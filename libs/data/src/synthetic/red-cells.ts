import type { Random } from '@thaw/base';
import { blobPath, circle, coordinate, css, mix, photographSize, polar } from './drawing.ts';
import type { Point } from './drawing.ts';
import type { Stain } from './stain.ts';

/** A disc that red cells keep clear of. */
export interface Disc extends Point {
  radius: number;
}

interface Layout {
  /** Red cells per square of a red-cell radius; 1/pi would cover the field. */
  density: number;
  /** The share of cells that lie in rouleaux, rows of overlapping cells. */
  rouleaux: number;
}

/** Where red cells lie: single ones barely touching, and rows in which each covers half of the one before. */
function placeRedCells(radius: number, keepClear: Disc, layout: Layout, random: Random): Point[] {
  const { width, height } = photographSize;
  const count = Math.round(((width + 2 * radius) * (height + 2 * radius) * layout.density) / radius ** 2);
  const cells: Point[] = [];
  const free = (p: Point, spacing: number) =>
    Math.hypot(p.x - keepClear.x, p.y - keepClear.y) > keepClear.radius + 0.75 * radius &&
    cells.every((other) => Math.hypot(p.x - other.x, p.y - other.y) > spacing * radius);
  for (let attempt = 0; attempt < 12 * count && cells.length < count; attempt++) {
    const start = {
      x: random.uniform(-radius, width + radius),
      y: random.uniform(-radius, height + radius),
    };
    if (!free(start, random.uniform(1.3, 2.1))) continue;
    cells.push(start);
    if (random.uniform() >= layout.rouleaux) continue;
    let cell = start;
    let direction = random.uniform(0, 2 * Math.PI);
    for (let length = 1 + random.int(4); length > 0; length--) {
      direction += 0.4 * random.normal();
      cell = polar(cell, radius * random.uniform(0.9, 1.4), direction);
      if (free(cell, 0.8)) cells.push(cell);
    }
  }
  return cells;
}

/** SVG of the red cells of one field: pinkish discs with pale centres, darker where they overlap. */
export function drawRedCells(radius: number, keepClear: Disc, stain: Stain, random: Random): string {
  const layout = { density: random.uniform(0.12, 0.3), rouleaux: random.uniform(0, 0.5) };
  const pallor = random.uniform(0.3, 1);
  const roughness = random.uniform(0.015, 0.05);
  const rim = mix(stain.redCell, [120, 60, 60], random.uniform(0, 0.2));
  const kinds = Array.from({ length: 5 }, (_, kind) => {
    const pale = mix(stain.redCell, stain.background, pallor * random.uniform(0.5, 1));
    const edge = random.uniform(0.35, 0.65);
    return `<radialGradient id="red${kind}" cx="${coordinate(0.5 + 0.05 * random.normal())}" cy="${coordinate(0.5 + 0.05 * random.normal())}" r="0.55">
<stop offset="${coordinate(0.3 * edge)}" stop-color="${css(pale)}"/>
<stop offset="${coordinate(edge)}" stop-color="${css(mix(stain.redCell, stain.background, 0.08))}"/>
<stop offset="0.82" stop-color="${css(rim)}"/>
<stop offset="1" stop-color="${css(mix(rim, stain.background, 0.2))}"/>
</radialGradient>`;
  });
  const discs = placeRedCells(radius, keepClear, layout, random).map((center) => {
    const path = blobPath(
      {
        ...center,
        radius: radius * (1 + 0.08 * random.normal()),
        roughness,
        elongation: 1 + Math.abs(0.16 * random.normal()),
        angle: random.uniform(0, Math.PI),
      },
      random,
    );
    return `<path d="${path}" fill="url(#red${random.int(kinds.length)})" fill-opacity="0.8"/>`;
  });
  return `<defs>${kinds.join('')}</defs>${discs.join('')}`;
}

/** SVG of a few platelets: small violet grains in a pale halo, strewn between the cells. */
export function drawPlatelets(redCellRadius: number, stain: Stain, random: Random): string {
  return Array.from({ length: random.int(7) }, () => {
    const center = {
      x: random.uniform(0, photographSize.width),
      y: random.uniform(0, photographSize.height),
    };
    const radius = redCellRadius * random.uniform(0.14, 0.3);
    const halo = mix(stain.chromatin, stain.background, 0.55);
    const grains = Array.from({ length: 6 }, () =>
      circle(
        polar(center, radius * random.uniform(0, 0.7), random.uniform(0, 2 * Math.PI)),
        radius * random.uniform(0.2, 0.4),
        stain.chromatin,
        0.4,
      ),
    );
    const outline = blobPath({ ...center, radius, roughness: 0.12 }, random);
    return `<path d="${outline}" fill="${css(halo)}" fill-opacity="0.7"/>${grains.join('')}`;
  }).join('');
}
