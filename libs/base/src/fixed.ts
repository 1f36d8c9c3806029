/**
 * A number with so many decimals; `-` for none, `nan` for NaN (as scikit-learn prints an undefined score). Exact ties go to
 * the even digit, as in Python, where `toFixed` takes the larger one: 0.125 is 0.12, 0.375 is 0.38.
 */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return '-';
  if (Number.isNaN(value)) return 'nan';
  const scaled = value * 10 ** digits;
  // Only such a binary fraction can be a tie; for all others `toFixed` is exact.
  const tie = Number.isInteger(value * 2 ** (digits + 1)) && Math.abs(scaled % 1) === 0.5;
  return tie ? ((2 * Math.round(scaled / 2)) / 10 ** digits).toFixed(digits) : value.toFixed(digits);
}
