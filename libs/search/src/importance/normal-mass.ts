/** The mass of the standard normal distribution between two points, to 1e-15 (absolute). */
export function normalMass(low: number, high: number): number {
  return low > 0 ? lowerTail(-low) - lowerTail(-high) : lowerTail(high) - lowerTail(low);
}

function lowerTail(x: number): number {
  return x > 0 ? 1 - complementaryError(x / Math.SQRT2) / 2 : complementaryError(-x / Math.SQRT2) / 2;
}

/** erfc(x) for x from 0: the series of erf (Abramowitz and Stegun 7.1.6), further out the continued fraction (7.1.14) by Lentz's method. */
function complementaryError(x: number): number {
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (scale === 0) return 0;
  if (x < 2) {
    let term = 2 * x;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - scale * sum;
  }
  let [fraction, c, d] = [x, x, 0];
  for (let n = 1; n < 200; n++) {
    d = 1 / (x + (n / 2) * d);
    c = x + n / 2 / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return scale / fraction;
}
