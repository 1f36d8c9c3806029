import { normalTail } from '@thaw/base';

/**
 * log E[max(0, x + z)] for a standard normal x, and its slope by z: φ(z) + z Φ(z), exact also where the improvement is so
 * unlikely that it underflows (Ament et al. 2023, eq. 9).
 */
export function logNormalImprovement(z: number): { log: number; slope: number } {
  if (z > -4) {
    const mass = normalTail(-z);
    const improvement = Math.exp(logDensity(z)) + z * mass;
    return { log: Math.log(improvement), slope: mass / improvement };
  }
  const [ratio, excess] = millsRatio(-z);
  return { log: logDensity(z) + Math.log(excess), slope: ratio / excess };
}

function logDensity(z: number): number {
  return -(z * z + Math.log(2 * Math.PI)) / 2;
}

/**
 * Mills' ratio m = (1 - Φ(t)) / φ(t), and 1 - t m, for t from 4: Laplace's continued fraction
 * 1 / (t + 1 / (t + 2 / (t + 3 / ...))), whose second level says what is left without a difference of equals.
 */
function millsRatio(t: number): [ratio: number, excess: number] {
  let below = t;
  for (let level = 20; level > 1; level--) below = t + level / below;
  const rest = 1 / below;
  return [1 / (t + rest), rest / (t + rest)];
}
