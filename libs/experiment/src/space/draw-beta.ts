import type { Random } from '@thaw/base';

/** A number drawn from the beta distribution with shapes `a` and `b` above 0, as a share of two gamma variates. */
export function drawBeta(a: number, b: number, random: Random): number {
  const [one, other] = [drawGamma(a, random), drawGamma(b, random)];
  // Of shapes far below 1 both can be too small for a number: then nearly all the weight lies at the ends.
  return one + other > 0 ? one / (one + other) : Number(random.uniform() < a / (a + b));
}

/** Marsaglia and Tsang (2000); below shape 1 by their boost. */
function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = random.normal();
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
