import { fixed } from '@thaw/base';
import type { ClassSideFigures } from '@thaw/metrics';
import type { CardFacts } from './card-facts.ts';
import { plain, score, table } from './markup.ts';

/** Per class on validation and on test images, with 95 % intervals, and the gap between both. */
export function evaluationSection({ figures, groups }: CardFacts): string {
  const { validation, test, gap } = figures.overall;
  const unit = groups.known ? `${groups.unit}s` : 'images';
  const points = (value: number) => `${value >= 0 ? '+' : ''}${fixed(100 * value, 1)}`;
  const gapInterval = gap.ci95 ? ` (95 % interval ${points(gap.ci95[0])} to ${points(gap.ci95[1])})` : '';
  return [
    '## Evaluation',
    '',
    `Accuracy ${score(validation.accuracy, validation.ci95)} on validation images, ${score(test.accuracy, test.ci95)} on test images; ` +
      `the gap is ${points(gap.value)} points${gapInterval}. Intervals are 95 % and take ${unit} for what was drawn.`,
    '',
    'Test images, which had no part in training or in choosing:',
    '',
    sideTable(figures, 'test', unit),
    '',
    'Validation images, which chose the epoch and the trial:',
    '',
    sideTable(figures, 'validation', unit),
  ].join('\n');
}

function sideTable({ per_class }: CardFacts['figures'], side: 'validation' | 'test', unit: string): string {
  const row = (name: string, figures: ClassSideFigures) => [
    plain(name),
    score(figures.precision),
    score(figures.recall, figures.recall_ci95),
    score(figures.f1, figures.f1_ci95),
    String(figures.support),
    ...(unit === 'images' ? [] : [String(figures.groups)]),
  ];
  const head = ['class', 'precision', 'recall', 'F1', 'images', ...(unit === 'images' ? [] : [unit])];
  return table(
    head,
    per_class.map((each) => row(each.class, each[side])),
  );
}
