import { forecastFor, forecastSentences, testSetSentences } from '@thaw/analysis/recorded';
import type { SweepRecord, TrialRecord } from '@thaw/tracking';

/**
 * What was forecast of a trial, beside what the test set says where it was looked at, and how often that was: a section, none where
 * nothing is to be said.
 */
export function testSetText(
  sweep: SweepRecord,
  { number, summary }: Pick<TrialRecord, 'number' | 'summary'>,
): string[] {
  const lines = [
    ...forecastSentences({ ...sweep, forecast: forecastFor(sweep, number) }, summary?.test_accuracy ?? null),
    ...testSetSentences(sweep),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}
