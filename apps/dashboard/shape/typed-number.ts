/** The number that a field holds when it is left, inside its limits; `before` where it holds none. */
export function typedNumber(
  typed: string | number,
  before: number,
  [least, most]: readonly [number, number],
): number {
  const number = typed === '' ? NaN : Number(typed);
  return Number.isNaN(number) ? before : Math.min(most, Math.max(least, number));
}
