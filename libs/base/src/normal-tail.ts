/** 1 - Φ(x), the mass of the standard normal distribution above x, to 1e-13 of itself for x from 0. */
export function normalTail(x: number): number {
  return x < 0 ? 1 - complementaryError(-x / Math.SQRT2) / 2 : complementaryError(x / Math.SQRT2) / 2;
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
