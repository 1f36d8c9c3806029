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
  const counts = new Float64Array(256 / bin);
  const beside = [-1, 1, -width, width];
  let all = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const value = data[at]!;
      let [least, most] = [value, value];
      for (let i = 0; i < 4; i++) {
        const other = data[at + beside[i]!]!;
        if (other < least) least = other;
        if (other > most) most = other;
      }
      if (least === 0 || most - least > flat) continue;
      counts[Math.floor(value / bin)]!++;
      all++;
    }
  }
  const tones = Array.from(counts, (_, i) =>
    counts.subarray(i, i + tone).reduce((sum, count) => sum + count, 0),
  );
  let best = 0;
  for (const [i, first] of tones.entries())
    for (let j = i + apart; j < tones.length; j++) best = Math.max(best, first + tones[j]!);
  return best >= leastInTones * all;
}
