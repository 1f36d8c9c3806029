/** How far one image's colours go, as Keras 3.15's `RandomColorJitter`; null leaves that part as it is. */
export interface ColorJitter {
  /** Added to 0 to 255 values. */
  readonly brightness: number | null;
  /** Factor on the distance from the channel's mean. */
  readonly contrast: number | null;
  /** Factor on the saturation. */
  readonly saturation: number | null;
  /** Added to the hue, in turns. */
  readonly hue: number | null;
}

/** Changes RGB values of 0 to 255 in place: brightness, contrast, saturation, hue. Results stay within 0 to 255. */
export function jitterColors(pixels: Float32Array, jitter: ColorJitter): void {
  if (jitter.brightness !== null) addBrightness(pixels, jitter.brightness);
  if (jitter.contrast !== null) scaleContrast(pixels, jitter.contrast);
  if (jitter.saturation !== null || jitter.hue !== null) {
    changeHsv(pixels, jitter.saturation ?? 1, jitter.hue ?? 0);
  }
}

const clip = (value: number) => Math.min(Math.max(value, 0), 255);

function addBrightness(pixels: Float32Array, delta: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = clip(pixels[i]! + delta);
}

/** Multiplies the distance from each channel's mean, as Keras's `RandomContrast`. */
export function scaleContrast(pixels: Float32Array, factor: number): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < pixels.length; i += 3) sum += pixels[i]!;
    const mean = (3 * sum) / pixels.length;
    for (let i = channel; i < pixels.length; i += 3) {
      pixels[i] = clip((pixels[i]! - mean) * factor + mean);
    }
  }
}

/** By hue, saturation and value; saturation is cut off at 1, which Keras leaves out. */
function changeHsv(pixels: Float32Array, saturationFactor: number, hueTurns: number): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const r = pixels[i]!;
    const g = pixels[i + 1]!;
    const b = pixels[i + 2]!;
    const value = r > g ? (r > b ? r : b) : g > b ? g : b;
    const range = value - (r < g ? (r < b ? r : b) : g < b ? g : b);
    if (range === 0) continue;
    // In sixths of a turn, from 0 to below 6.
    const before = value === r ? (g - b) / range : value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
    const turned = before + 6 * hueTurns;
    const hue = turned - 6 * Math.floor(turned / 6);
    const chroma = Math.min(range * saturationFactor, value);
    const least = value - chroma;
    const sector = Math.floor(hue);
    const between = least + chroma * (sector % 2 === 0 ? hue - sector : sector + 1 - hue);
    // The largest, the least and the channel between them change places with each sixth.
    pixels[i] = sector === 0 || sector === 5 ? value : sector === 1 || sector === 4 ? between : least;
    pixels[i + 1] = sector === 1 || sector === 2 ? value : sector === 0 || sector === 3 ? between : least;
    pixels[i + 2] = sector === 3 || sector === 4 ? value : sector === 2 || sector === 5 ? between : least;
  }
}
