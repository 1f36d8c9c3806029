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

/** One number for all channels, or one for each in the order of `channels`. */
export type PerChannel = number | readonly [number, number, number];

/** x / divisor + offset, in float32. */
export interface Scaling {
  readonly channels: 'RGB' | 'BGR';
  readonly divisor: PerChannel;
  readonly offset: PerChannel;
}

/** Preprocessing by a scaling. */
export function pixelScaling(scaling: Scaling): PixelScaling {
  const [divisors, offsets] = [eachChannel(scaling.divisor), eachChannel(scaling.offset)];
  const scale = (pixel: number, channel: number) =>
    Math.fround(pixel / Math.fround(divisors[channel]!)) + Math.fround(offsets[channel]!);
  /** A look at a table is quicker than a division. */
  const ofBytes = offsets.map((_, channel) =>
    Float32Array.from({ length: 256 }, (_, byte) => scale(byte, channel)),
  );
  const order = scaling.channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  const words = scalingWords(scaling);
  return {
    scaling,
    preprocessing: scaling.channels === 'RGB' ? words : `${words}, ${scaling.channels}`,
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

/** A scaling as a formula of x. */
export function scalingWords({ divisor, offset }: Pick<Scaling, 'divisor' | 'offset'>): string {
  const words = (value: PerChannel) => (typeof value === 'number' ? String(value) : `[${value.join(', ')}]`);
  const divided = divisor === 1 ? 'x' : `x / ${words(divisor)}`;
  if (offset === 0) return divided;
  return typeof offset === 'number' && offset < 0
    ? `${divided} - ${-offset}`
    : `${divided} + ${words(offset)}`;
}

function eachChannel(value: PerChannel): readonly [number, number, number] {
  return typeof value === 'number' ? [value, value, value] : value;
}
