import type { Random } from '@thaw/base';
import type { NucleusForm } from './anatomy.ts';
import { blobPath, circle, coordinate, css, mix, polar } from './drawing.ts';
import type { Point, Rgb } from './drawing.ts';

/** Points on an arc of the given radius that is centred on `center` as a whole, spread over `sweep` radians. */
function arcPoints(center: Point, radius: number, sweep: number, count: number, angle: number): Point[] {
  const middle = polar(center, -radius * (sweep > 0 ? Math.sin(sweep / 2) / (sweep / 2) : 1), angle);
  return Array.from({ length: count }, (_, i) =>
    polar(middle, radius, angle + sweep * (count > 1 ? i / (count - 1) - 0.5 : 0)),
  );
}

function line(points: readonly Point[], width: number): string {
  const path = points.map((p) => `${coordinate(p.x)} ${coordinate(p.y)}`).join('L');
  return `<path d="M${path}" fill="none" stroke="white" stroke-width="${coordinate(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

const solid = (path: string) => `<path d="${path}" fill="white"/>`;

/** The nucleus's silhouette in white, as SVG elements; `radius` is its extent in pixels. */
function silhouette(form: NucleusForm, center: Point, radius: number, random: Random): string {
  const angle = random.uniform(0, 2 * Math.PI);
  if (form.kind === 'round') {
    return solid(
      blobPath({ ...center, radius, roughness: 0.035, elongation: random.uniform(1, 1.15), angle }, random),
    );
  }
  if (form.kind === 'bean') {
    const thickness = radius * (1.35 - 0.55 * Math.min(1, form.bend));
    const sweep = 0.6 + 3.4 * form.bend;
    const points = arcPoints(center, radius - thickness / 2, sweep, 13, angle);
    const bumps = points.map((point) =>
      solid(
        blobPath({ ...point, radius: (thickness / 2) * random.uniform(0.92, 1.1), roughness: 0.06 }, random),
      ),
    );
    return line(points, thickness * 0.95) + bumps.join('');
  }
  const lobe = radius * { 2: 0.56, 3: 0.47, 4: 0.41 }[Math.min(4, form.count) as 2 | 3 | 4];
  const sweep = form.count === 2 ? random.uniform(1.9, 2.8) : random.uniform(1.15, 1.45) * form.count;
  const points = arcPoints(center, radius - lobe, Math.min(sweep, 5.2), form.count, angle);
  const lobes = points.map((point) =>
    solid(
      blobPath(
        {
          ...polar(point, lobe * random.uniform(0, 0.25), random.uniform(0, 2 * Math.PI)),
          radius: lobe * random.uniform(0.85, 1.12),
          roughness: 0.06,
          elongation: random.uniform(1, 1.45),
          angle: random.uniform(0, Math.PI),
        },
        random,
      ),
    ),
  );
  return line(points, lobe * random.uniform(0.3, 0.8)) + lobes.join('');
}

/** SVG of a nucleus: a silhouette filled with violet, clumped chromatin and a darker membrane. */
export function drawNucleus(
  form: NucleusForm,
  center: Point,
  radius: number,
  chromatin: Rgb,
  random: Random,
): string {
  const shape = silhouette(form, center, radius, random);
  const coarseness = random.uniform(0.06, 0.16);
  const contrast = random.uniform(0.1, 0.3);
  const clumps = Array.from({ length: 70 }, () =>
    circle(
      polar(center, 1.15 * radius * Math.sqrt(random.uniform()), random.uniform(0, 2 * Math.PI)),
      radius * coarseness * random.uniform(0.6, 1.6),
      random.uniform() < 0.5 ? mix(chromatin, [20, 10, 80], 0.6) : mix(chromatin, [235, 200, 245], 0.6),
      contrast,
    ),
  );
  const box = `x="${coordinate(center.x - 1.6 * radius)}" y="${coordinate(center.y - 1.6 * radius)}" width="${coordinate(3.2 * radius)}" height="${coordinate(3.2 * radius)}"`;
  return `<defs>
<mask id="nucleus" maskUnits="userSpaceOnUse" ${box}>${shape}</mask>
<filter id="inside" x="-0.1" y="-0.1" width="1.2" height="1.2"><feMorphology operator="erode" radius="${coordinate(radius * 0.04)}"/><feGaussianBlur stdDeviation="${coordinate(radius * 0.05)}"/></filter>
<mask id="inner" maskUnits="userSpaceOnUse" ${box}><g filter="url(#inside)">${shape}</g></mask>
</defs>
<g mask="url(#nucleus)"><rect ${box} fill="${css(mix(chromatin, [30, 10, 100], 0.35))}"/></g>
<g mask="url(#inner)"><rect ${box} fill="${css(chromatin)}"/>${clumps.join('')}</g>`;
}
