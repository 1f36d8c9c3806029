import { counted, percent, percentInterval, points, pointsInterval, shareOf } from '@thaw/base/browser';
import type { Grouping } from '../groups/groups-of-run.ts';
import type { HonestTest, RunResults } from './run-results.ts';
import type { ValidationResults } from './validation-results.ts';

type Ends = readonly [number, number] | null;

interface Side {
  readonly accuracy: number | null;
  readonly ci95: Ends;
  readonly images: number;
  readonly groups: number;
}

interface Overall {
  readonly validation: Side;
  readonly test: Side;
  readonly gap: { readonly value: number | null; readonly ci95: Ends };
}

/** What intervals take for what was drawn, in a sentence; where that is images, why, and what it does to them. */
export function groupingSentence({ origin, unit, missing }: Grouping): string {
  if (origin !== 'unknown') return `Intervals treat ${unit}s, not images, as what was drawn.`;
  return `Which images belong together is not known, because ${missing}: every image counts as independent, and where images share photographs all intervals are too narrow.`;
}

/** What accuracy a run has on both parts and how sure that is, in a sentence. */
export function accuracySentence({ overall }: { readonly overall: Overall }, grouping: Grouping): string {
  const { validation, test, gap } = overall;
  const side = ({ accuracy, ci95, images, groups }: Side) =>
    `${percent(accuracy)} (95 % interval ${percentInterval(ci95)}; ${sizeOf({ images, groups }, grouping)})`;
  return (
    `Validation accuracy ${side(validation)}, test accuracy ${side(test)}, ` +
    `a gap of ${points(gap.value)} points (95 % interval ${pointsInterval(gap.ci95)}).`
  );
}

/** That validation images have a twin in training, and what their accuracy then says, in sentences; `how` is how twins are known. */
export function twinsInTraining(twins: number, images: number, unit: string, how?: string): string {
  return (
    `${shareOf(twins, images)} validation images have a twin in training, another image of the same ${unit}${how ? ` (${how})` : ''}. ` +
    `Validation accuracy then says how well known ${unit}s are recognised, not new ones.`
  );
}

/** The same of a run's split, and of the choice by it; none where no image has a twin. */
export function leakingSplitSentences(
  twins: number | null,
  images: number,
  { origin, unit }: Pick<Grouping, 'origin' | 'unit'>,
): string[] {
  if (!twins) return [];
  const how = origin === 'named' ? 'as they are named' : 'found by looking at them';
  return [
    `The split leaks: ${twinsInTraining(twins, images, unit, how)} The choice of the best trial goes by that, too.`,
  ];
}

/** The same of a run that has one part alone, and why: its test set is sealed, or its program gave no more. */
export function onePartSentence({
  part,
  sealed,
  overall,
  grouping,
}: Pick<ValidationResults, 'part' | 'sealed' | 'overall' | 'grouping'>): string {
  const [name, other] = part === 'test' ? ['Test', 'validation'] : ['Validation', 'test'];
  return (
    `${name} accuracy ${percent(overall.accuracy)} (95 % interval ${percentInterval(overall.ci95)}; ${sizeOf(overall, grouping)}). ` +
    (sealed
      ? 'Test figures are sealed: nobody has looked at what it says of test images.'
      : `There are no results on ${other} images, so there is no gap between the two.`)
  );
}

/** That copies flatter the test accuracy, and what it is without them, in a sentence; none where no test image is a copy. */
export function honestTestSentences(honest: HonestTest | null, { unit }: Pick<Grouping, 'unit'>): string[] {
  if (!honest || honest.twins === 0) return [];
  const { twins, accuracy, ci95, images, groups } = honest;
  const copies = `${shareOf(twins, twins + images)} test images have a twin in training or validation, another image of the same ${unit}, so the test accuracy is not honest either.`;
  const rest = `${counted(images, 'image')} of ${counted(groups, unit)}`;
  return [
    accuracy === null
      ? `${copies} Too few have none (${rest}) to say what it is without them.`
      : `${copies} On those without one (${rest}) it is ${percent(accuracy)} (95 % interval ${percentInterval(ci95)}).`,
  ];
}

/** What of a run's figures copies flatter, in sentences: of those on both parts, or of validation alone where test is sealed. */
export function flatterySentences(
  results:
    | Pick<RunResults, 'overall' | 'validation_twins' | 'honest_test' | 'grouping'>
    | Pick<ValidationResults, 'overall' | 'validation_twins' | 'grouping'>,
): string[] {
  const { overall, validation_twins: twins, grouping } = results;
  const { images } = 'validation' in overall ? overall.validation : overall;
  return [
    ...leakingSplitSentences(twins, images, grouping),
    ...('honest_test' in results ? honestTestSentences(results.honest_test, grouping) : []),
  ];
}

/** `160 images of 16 groups`; images alone where groups are not known. */
export function sizeOf(
  { images, groups }: Pick<Side, 'images' | 'groups'>,
  { origin, unit }: Grouping,
): string {
  return origin === 'unknown'
    ? counted(images, 'image')
    : `${counted(images, 'image')} of ${counted(groups, unit)}`;
}
