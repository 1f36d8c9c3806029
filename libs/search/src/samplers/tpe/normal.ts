/** log(Φ(high) - Φ(low)), with small masses far from the middle as exact as those near it; -Infinity where even a float64 has none. */
export function logNormalMass(low: number, high: number): number {
  if (low > 0) return logNormalMass(-high, -low);
  if (high > 0) return Math.log1p(-lowerTail(low) - lowerTail(-high));
  return Math.log(lowerTail(high) - lowerTail(low));
}

export function logNormalDensity(x: number): number {
  return -0.5 * (x * x + Math.log(2 * Math.PI));
}

/** Φ(x) for x up to 0. */
function lowerTail(x: number): number {
  return complementaryError(-x / Math.SQRT2) / 2;
}

/** erfc(x) for x from 0, to 1e-13: the series of erf (Abramowitz and Stegun 7.1.6), further out the continued fraction of erfc (7.1.14) by Lentz's method. */
function complementaryError(x: number): number {
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = 2 * x;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - scale * sum;
  }
  if (scale === 0) return 0;
  let fraction = x;
  let c = x;
  let d = 0;
  for (let n = 1; n < 200; n++) {
    d = 1 / (x + (n / 2) * d);
    c = x + n / 2 / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return scale / fraction;
}
