/** Lower and upper end. */
export type Interval = readonly [number, number];

/** The 97.5 % quantile of the normal distribution: 95 % lie within this many deviations. */
export const normal975 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, 95 % unless another normal quantile `z` is given; inside [0, 1]. `trials` may
 * be an effective number that is not whole. Null where there are no trials. Throws RangeError for a proportion outside
 * [0, 1].
 * Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
 */
export function wilsonInterval(proportion: number, trials: number, z = normal975): Interval | null {
  if (!(proportion >= 0 && proportion <= 1)) throw new RangeError(`${proportion} is not a proportion`);
  if (!(trials > 0)) return null;
  const square = z * z;
  const middle = proportion + square / (2 * trials);
  const half = z * Math.sqrt((proportion * (1 - proportion)) / trials + square / (4 * trials * trials));
  const scale = 1 + square / trials;
  return [
    proportion === 0 ? 0 : Math.max(0, (middle - half) / scale),
    proportion === 1 ? 1 : Math.min(1, (middle + half) / scale),
  ];
}
