import type { Random } from '@thaw/base';
import type { Pixels } from './pixels.ts';

type Point = readonly [x: number, y: number];

/** The image drawn from where `from` says that each pixel comes; beyond its edges mirrored, or black. */
export function warp(image: Pixels, from: (x: number, y: number) => Point, reflect: boolean): Pixels {
  const { width, height, data } = image;
  const result = new Uint8Array(data.length);
  const fold = (value: number, size: number) => {
    const period = 2 * (size - 1);
    const rest = ((value % period) + period) % period;
    return Math.min(size - 1.001, rest < size ? rest : period - rest);
  };
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      let [u, v] = from(x, y);
      if (reflect) [u, v] = [fold(u, width), fold(v, height)];
      else if (u < 0 || v < 0 || u > width - 1.001 || v > height - 1.001) continue;
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [fx, fy] = [u - left, v - top];
      const at = (top * width + left) * 3;
      for (let k = at; k < at + 3; k++) {
        const upper = data[k]! * (1 - fx) + data[k + 3]! * fx;
        const lower = data[k + width * 3]! * (1 - fx) + data[k + width * 3 + 3]! * fx;
        result[to + k - at] = upper * (1 - fy) + lower * fy + 0.5;
      }
    }
  }
  return { width, height, data: result };
}

export function turned(
  { width, height }: Pixels,
  degrees: number,
  scale = 1,
): (x: number, y: number) => Point {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  return (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return [cos * dx + sin * dy + width / 2, cos * dy - sin * dx + height / 2];
  };
}

/** Waves of a few lengths that move pixels by 2 % of the width or so. */
export function elastic({ width }: Pixels, random: Random): (x: number, y: number) => Point {
  const waves = Array.from({ length: 4 }, () => ({
    x: random.uniform(-2, 2),
    y: random.uniform(-2, 2),
    phase: random.uniform(0, 2 * Math.PI),
    size: 0.009 * width * random.normal(),
    down: 0.009 * width * random.normal(),
  }));
  return (x, y) => {
    let [u, v] = [x, y];
    for (const wave of waves) {
      const value = Math.sin((2 * Math.PI * (wave.x * x + wave.y * y)) / width + wave.phase);
      u += wave.size * value;
      v += wave.down * value;
    }
    return [u, v];
  };
}

/** The corners moved by up to `most` of a side. */
export function perspective(
  { width, height }: Pixels,
  random: Random,
  most: number,
): (x: number, y: number) => Point {
  const [g, h] = [random.uniform(-most, most) / width, random.uniform(-most, most) / height];
  const [p, q] = [random.uniform(-most, most) / 2, random.uniform(-most, most) / 2];
  return (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    const depth = 1 + g * dx + h * dy;
    return [(dx + p * dy) / depth + width / 2, (dy + q * dx) / depth + height / 2];
  };
}
