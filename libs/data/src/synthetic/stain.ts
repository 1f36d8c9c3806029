import type { Random } from '@thaw/base';
import { mix } from './drawing.ts';
import type { Rgb } from './drawing.ts';

/** How one smear was stained: Romanowsky dyes, of which eosin colours red and azure blue. */
export interface Stain {
  /** Empty plasma, lit from behind. */
  background: Rgb;
  redCell: Rgb;
  chromatin: Rgb;
  /** Cytoplasm that takes up azure: lymphocytes and monocytes. */
  blueCytoplasm: Rgb;
  /** Cytoplasm that takes up eosin: granulocytes. */
  pinkCytoplasm: Rgb;
  eosinophilGranule: Rgb;
}

/** How one photograph was taken. */
export interface Optics {
  /** Radius of a red cell in pixels. */
  redCellRadius: number;
  /** Deviation of the focus blur in pixels. */
  blur: number;
  /** Exposure and white balance: factors of red, green, blue. */
  gain: Rgb;
  /** How much darker the dark side of the field is, as a fraction; and where that side lies, in radians. */
  falloff: number;
  falloffAngle: number;
  /** How much darker the corners are, as a fraction. */
  vignette: number;
  /** Deviation of the sensor's noise, in grey levels. */
  grain: number;
}

/** A colour between two, disturbed a little in each channel. */
function between(a: Rgb, b: Rgb, spread: number, random: Random): Rgb {
  const [red, green, blue] = mix(a, b, random.uniform());
  return [red + spread * random.normal(), green + spread * random.normal(), blue + spread * random.normal()];
}

export function drawStain(random: Random): Stain {
  return {
    background: between([223, 226, 213], [224, 219, 222], 2, random),
    redCell: between([204, 150, 136], [206, 158, 166], 4, random),
    chromatin: between([98, 62, 178], [142, 76, 194], 6, random),
    blueCytoplasm: between([120, 140, 200], [186, 182, 210], 8, random),
    pinkCytoplasm: between([216, 178, 204], [190, 170, 212], 8, random),
    eosinophilGranule: between([222, 128, 112], [200, 112, 150], 8, random),
  };
}

export function drawOptics(random: Random): Optics {
  const exposure = random.uniform(0.92, 1.05);
  const balance = () => exposure * (1 + 0.015 * random.normal());
  return {
    redCellRadius: random.uniform(22, 28),
    blur: random.uniform(0.5, 1.4),
    gain: [balance(), balance(), balance()],
    falloff: random.uniform(0, 0.16),
    falloffAngle: random.uniform(0, 2 * Math.PI),
    vignette: random.uniform(0, 0.14),
    grain: random.uniform(1, 4),
  };
}
