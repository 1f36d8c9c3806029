/** Matérn's covariance with smoothness 5/2 at a squared distance, of variance 1 (Rasmussen and Williams 2006, 4.17). */
export function matern(squared: number): number {
  const distance = Math.sqrt(5 * squared);
  return (1 + distance + (5 / 3) * squared) * Math.exp(-distance);
}

/** Its derivative by the squared distance. */
export function maternSlope(squared: number): number {
  const distance = Math.sqrt(5 * squared);
  return (-5 / 6) * (1 + distance) * Math.exp(-distance);
}
