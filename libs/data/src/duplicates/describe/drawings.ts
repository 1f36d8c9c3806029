import { calmPixels } from './masks.ts';

/** Grey values by which a pixel may differ from its neighbours and is on no edge. */
const flat = 20;
/** Grey values that a bin counts, bins of one tone, and bins from one tone to another. */
const bin = 4;
const tone = 4;
const apart = 8;
/** Share of the pixels beside edges that have one of two tones. */
const leastInTones = 0.985;

/** Grey values, row by row; 0 where nothing is shown. */
interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Whether a plate shows a drawing in two tones, as an icon is: beside edges nearly all pixels have one of two grey values, or noise around them. */
export function isDrawing({ width, height, data }: GreyImage): boolean {
  const ofValues = new Uint32Array(256);
  for (const value of calmPixels(data, width, height, flat)) ofValues[value]!++;
  const counts = new Uint32Array(256 / bin);
  let all = 0;
  for (let value = 1; value < ofValues.length; value++) {
    counts[Math.floor(value / bin)]! += ofValues[value]!;
    all += ofValues[value]!;
  }
  /** Pixels of the tone that starts at each bin. */
  const tones = new Uint32Array(counts.length);
  for (let i = 0; i < counts.length; i++)
    for (let k = i; k < Math.min(i + tone, counts.length); k++) tones[i]! += counts[k]!;
  let best = 0;
  for (let i = 0; i < tones.length; i++)
    for (let j = i + apart; j < tones.length; j++) best = Math.max(best, tones[i]! + tones[j]!);
  return best >= leastInTones * all;
}
