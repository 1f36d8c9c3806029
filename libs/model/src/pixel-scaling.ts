/** How RGB values 0..255 become what a network takes. */
export interface PixelScaling {
  /**
   * RGB values 0..255 to what the network takes, in float32 as Keras computes it. The input is left as it is; the result is
   * written into `target` where one is given.
   */
  preprocess(pixels: Uint8Array | Float32Array, target?: Float32Array): Float32Array;
  /** What `preprocess` does, in a few words that change when it does; for cache keys and model cards. */
  readonly preprocessing: string;
  readonly scaling: Scaling;
}

/** x / divisor + offset, each step rounded to float32; an offset for each channel stands in the order of `channels`. */
export interface Scaling {
  readonly channels: 'RGB' | 'BGR';
  readonly divisor: number;
  readonly offset: number | readonly [number, number, number];
}

/** Preprocessing by a scaling. */
export function pixelScaling(scaling: Scaling): PixelScaling {
  const { channels, divisor, offset } = scaling;
  const offsets = typeof offset === 'number' ? [offset, offset, offset] : offset;
  const scale = (pixel: number, channel: number) =>
    Math.fround(pixel / divisor) + Math.fround(offsets[channel]!);
  /** A look at a table is quicker than a division. */
  const ofBytes = offsets.map((_, channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => scale(byte, channel)),
  );
  const order = channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  return {
    scaling,
    preprocessing: wordsOf(scaling),
    preprocess(pixels, scaled = new Float32Array(pixels.length)) {
      const isBytes = pixels instanceof Uint8Array;
      for (const [channel, source] of order.entries()) {
        const table = ofBytes[channel]!;
        for (let i = 0; i < pixels.length; i += 3) {
          const pixel = pixels[i + source]!;
          scaled[i + channel] = isBytes ? table[pixel]! : scale(pixel, channel);
        }
      }
      return scaled;
    },
  };
}

function wordsOf({ channels, divisor, offset }: Scaling): string {
  const divided = divisor === 1 ? 'x' : `x / ${divisor}`;
  const order = channels === 'RGB' ? '' : `, ${channels}`;
  if (typeof offset !== 'number') return `${divided} + [${offset.join(', ')}]${order}`;
  if (offset === 0) return `${divided}${order}`;
  return `${divided} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}${order}`;
}
