import { percent, percentInterval, points, pointsInterval } from '@thaw/base';
import type { ClassSideFigures, Interval } from '@thaw/metrics';
import type { CardFacts, CardFigures } from './card-facts.ts';
import { plain, table } from './markup.ts';

/** Per class on validation and on test images, with 95 % intervals, and the gap between both; without test images where they are sealed. */
export function evaluationSection({ figures, groups }: CardFacts): string {
  const { validation, test, gap } = figures;
  const of = ({ overall }: CardFigures['validation']) => score(overall.accuracy, overall.ci95);
  return [
    '## Evaluation',
    '',
    test && gap
      ? `Accuracy ${of(validation)} on validation images, ${of(test)} on test images; ` +
        `the gap is ${points(gap.value)} points (${pointsInterval(gap.ci95)}). In brackets are 95 % intervals. ${plain(groups.sentence)}`
      : `Accuracy ${of(validation)} on validation images, in brackets the 95 % interval. The test set is sealed: nothing of it was predicted, so there are no test figures and no gap. ${plain(groups.sentence)}`,
    '',
    ...(test
      ? ['Test images, which had no part in training or in choosing:', '', sideTable(test, groups), '']
      : []),
    'Validation images, which chose the epoch and the trial:',
    '',
    sideTable(validation, groups),
  ].join('\n');
}

function sideTable({ per_class }: CardFigures['validation'], { origin, unit }: CardFacts['groups']): string {
  const grouped = origin !== 'unknown';
  const row = (name: string, figures: ClassSideFigures) => [
    plain(name),
    percent(figures.precision),
    score(figures.recall, figures.recall_ci95),
    score(figures.f1, figures.f1_ci95),
    String(figures.support),
    ...(grouped ? [String(figures.groups)] : []),
  ];
  return table(
    ['class', 'precision', 'recall', 'F1', 'images', ...(grouped ? [`${unit}s`] : [])],
    per_class.map((each) => row(each.class, each)),
  );
}

function score(value: number, ci95: Interval | null): string {
  return `${percent(value)} (${percentInterval(ci95)})`;
}
