import { sideResults, type PairedComparison } from '@thaw/metrics';
import type { SweepRecord, TrialRecord } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { comparisonSentences } from '../src/compare/comparison-sentences.ts';
import { verdictOf, type Verdict } from '../src/compare/verdict.ts';
import type { ChosenRun } from '../src/gap/choose-run.ts';
import type { Grouping } from '../src/groups/groups-of-run.ts';
import { choiceNotes } from '../src/promote/choice-notes.ts';
import type { Rival } from '../src/promote/rival-trials.ts';

it.each<[number, boolean, Verdict]>([
  [0.049, true, 'real'],
  [0.05, true, 'may be chance'],
  [0.049, false, 'not known'],
  // What counting every image as independent cannot tell, groups would not either.
  [0.05, false, 'may be chance'],
])('p %d, groups known: %s, is %s', (p, known, verdict) => {
  expect(verdictOf(p, known)).toBe(verdict);
});

const comparison = (verdict: Verdict, difference = -0.125) => ({
  ...{ part: 'test' as const, a: 'a', b: 'b', difference, ci95: null, test: '', p: 0.01, p_corrected: 0.03 },
  ...{ verdict, real: verdict === 'real' },
});

it.each<[Verdict, number, RegExp]>([
  ['real', 1, /^On test images B is better than A by 12\.5 points; that is more than chance \(p 0\.030\)\.$/],
  [
    'may be chance',
    3,
    /of 12\.5 points between A and B may be chance \(p 0\.030 after correction for 3 pairs\)/,
  ],
  [
    'not known',
    1,
    /B is better than A by 12\.5 points; the data cannot tell whether that is more than chance/,
  ],
])('a comparison that is %s says so', (verdict, pairs, sentence) => {
  const all = Array.from({ length: pairs }, () => comparison(verdict));
  // p is corrected for those on the same part alone.
  const others = { ...comparison(verdict), part: 'validation' as const };
  expect(comparisonSentences([...all, others], (run) => run.toUpperCase())[0]).toMatch(sentence);
});

const right = [
  [1, 0],
  [1, 0],
  [0, 1],
  [0, 1],
];
const sideOf = (labels: number[], probabilities: number[][]) =>
  sideResults({ labels, probabilities, groups: null }, ['A', 'B']);
const figures = {
  classes: ['A', 'B'],
  validation: sideOf([0, 0, 1, 1], right),
  test: { ...sideOf([0, 1], right.slice(0, 2)), ece: 0.5 },
  gap: { value: 0.5, ci95: null },
};
const sweep = { id: 'sweep', metric: { name: 'val_accuracy' } } as SweepRecord;
const chosen = { run: { id: 'run' }, sweep, isBest: true } as unknown as ChosenRun;

function notes(groups: Grouping, verdicts: readonly [Verdict, number][]): string {
  const all = verdicts.map(([verdict, difference], number): Rival => ({
    trial: { number } as TrialRecord,
    comparison: { difference, ci95: null, p: 0.01, test: 'McNemar, exact' } as PairedComparison,
    verdict,
    verdictOfAll: verdict,
  }));
  const rivals = { finished: all.length + 1, runnerUp: all[0]!, all };
  return choiceNotes(chosen, { rivals, figures, groups }).join('\n');
}

it('of a promotion says no more of the runner-up and the others than is known', () => {
  const known = { origin: 'named', unit: 'group', missing: null } as const;
  const told = notes(known, [
    ['real', 0.2],
    ['may be chance', 0.1],
    // A trial that another metric puts behind.
    ['real', -0.1],
  ]);
  expect(told).toContain('The runner-up, trial 0, is significantly worse: ');
  expect(told).toContain(
    "2 of 3 other trials are not significantly worse on validation images (Holm's correction for all).",
  );
  expect(notes(known, [['real', -0.2]])).toContain('The runner-up, trial 0, is significantly better: ');

  const unknown = { origin: 'unknown', unit: 'image', missing: 'nobody has looked' } as const;
  const untold = notes(unknown, [
    ['not known', 0.2],
    ['may be chance', 0.1],
  ]);
  expect(untold).toContain(
    'The runner-up, trial 0, seems worse, but the data cannot tell whether that is more than chance: ',
  );
  expect(untold).toContain('1 of 2 other trials is not significantly worse');
  expect(untold).toContain('; of 1 it is not known.');
  expect(untold).toContain(
    'Which images belong together is not known, because nobody has looked: every image counts as independent',
  );
  expect(untold).toContain(
    'Validation accuracy 100.0 % (95 % interval 51.0 to 100.0 %; 4 images), test accuracy 50.0 %',
  );
});
