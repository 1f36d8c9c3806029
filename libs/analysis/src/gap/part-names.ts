import type { GapPart } from '@thaw/tracking';

/** What the parts of a gap are called in figures, where there is little room. */
export const partNames: Readonly<Record<GapPart['part'], string>> = {
  leakage: 'Leakage',
  selection: 'Selection',
  shares: 'Class shares',
  shift: 'Shift',
  rest: 'Unexplained',
  test_leakage: 'Copies in test',
};
