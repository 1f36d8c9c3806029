import { points, pValue } from '@thaw/base/browser';
import type { Comparison } from './compare-document.ts';

type Compared = Omit<Comparison, 'sentence'>;

/**
 * What each of all comparisons of some runs says, whose p is corrected for those on the same part. `nameOf` calls a run what the
 * reader knows it by.
 */
export function comparisonSentences(
  comparisons: readonly Compared[],
  nameOf: (run: string) => string,
): string[] {
  const pairs = { test: 0, validation: 0 };
  for (const { part } of comparisons) pairs[part]++;
  return comparisons.map((each) => sentenceOf(each, pairs[each.part], nameOf));
}

function sentenceOf(
  { a, b, part, difference, p_corrected, verdict }: Compared,
  pairs: number,
  nameOf: (run: string) => string,
): string {
  const corrected = pairs === 1 ? '' : ` after correction for ${pairs} pairs`;
  const p = `p ${pValue(p_corrected)}${corrected}`;
  const [better, worse] = difference >= 0 ? [a, b] : [b, a];
  const size = `${points(Math.abs(difference)).replace('+', '')} points`;
  const leads = `On ${part} images ${nameOf(better)} is better than ${nameOf(worse)} by ${size};`;
  switch (verdict) {
    case 'real':
      return `${leads} that is more than chance (${p}).`;
    case 'not known':
      return `${leads} the data cannot tell whether that is more than chance, because it is not known which images belong together (counting each as independent, ${p}).`;
    case 'may be chance':
      return `On ${part} images the difference of ${size} between ${nameOf(a)} and ${nameOf(b)} may be chance (${p}).`;
  }
}
