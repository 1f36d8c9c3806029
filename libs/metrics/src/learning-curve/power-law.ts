/** error = scale * size^-exponent. */
export interface PowerLaw {
  readonly scale: number;
  readonly exponent: number;
}

/**
 * The power law through errors (above 0) at sizes (above 0, two different ones or more): a straight line through their logarithms,
 * by least squares. Throws RangeError for fewer than two sizes.
 *
 * Source: Hestness et al. (2017), Deep learning scaling is predictable, empirically, arXiv 1712.00409; Viering and Loog (2023), The
 * shape of learning curves, IEEE TPAMI 45.
 */
export function fitPowerLaw(sizes: readonly number[], errors: readonly number[]): PowerLaw {
  const [x, y] = [sizes.map(Math.log), errors.map(Math.log)];
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (!(spread > 0)) throw new RangeError('a power law needs two different sizes');
  const slope = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0) / spread;
  return { scale: Math.exp(meanY - slope * meanX), exponent: -slope };
}

/** The error at a size, 1 at most. */
export function errorAt({ scale, exponent }: PowerLaw, size: number): number {
  return Math.min(1, scale * size ** -exponent);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
