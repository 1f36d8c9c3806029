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

function scaleContrast(pixels: Float32Array, factor: number): void {
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < pixels.length; i += 3) sum += pixels[i]!;
    const mean = (3 * sum) / pixels.length;
    for (let i = channel; i < pixels.length; i += 3) {
      pixels[i] = clip((pixels[i]! - mean) * factor + mean);
    }
  }
}

/** Saturation is cut off at 1, which Keras leaves out. */
function changeHsv(pixels: Float32Array, saturationFactor: number, hueTurns: number): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    const value = Math.max(r, g, b);
    const range = value - Math.min(r, g, b);
    if (range === 0) continue;
    // In sixths of a turn.
    const sector = value === r ? (g - b) / range : value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
    const hue = sector + 6 * hueTurns;
    const chroma = value * Math.min((range / value) * saturationFactor, 1);
    pixels[i] = channelOf(5, hue, value, chroma);
    pixels[i + 1] = channelOf(3, hue, value, chroma);
    pixels[i + 2] = channelOf(1, hue, value, chroma);
  }
}

/** Red (5), green (3) or blue (1) of a colour whose hue is in sixths of a turn. */
function channelOf(offset: number, hue: number, value: number, chroma: number): number {
  const k = (((offset + hue) % 6) + 6) % 6;
  return value - chroma * Math.max(0, Math.min(k, 4 - k, 1));
}
