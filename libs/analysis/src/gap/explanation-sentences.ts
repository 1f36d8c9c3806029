import { counted, percent, points, pointsInterval, printedName } from '@thaw/base';
import type { GapPart } from '@thaw/tracking';
import type { ShiftFigures } from './measure-shift.ts';
import type { ExplainInput } from './explain-input.ts';

/** From fewer groups the intervals themselves are rough (bench/coverage.ts). */
const few = 10;

/** What the parts of a gap say, in words: the gap, each part, and what to do. */
export function explanationSentences(input: ExplainInput, parts: readonly GapPart[]): string[] {
  const part = (name: GapPart['part']) => parts.find((each) => each.part === name);
  return [
    gapSentence(input),
    ...fewSentence(input),
    leakageSentence(input, part('leakage')!),
    selectionSentence(input, part('selection')!),
    restSentence(input, part('shift') ?? part('rest')!, parts),
    ...advice(input),
  ];
}

function gapSentence({ gap, unit, grouped }: ExplainInput): string {
  const { validation, test, gap: difference } = gap.overall;
  const chance = difference.ci95 && difference.ci95[0] <= 0 && difference.ci95[1] >= 0;
  const units = grouped
    ? `The test images are only ${counted(test.groups, unit)}, which is what the interval goes by.`
    : 'The interval takes every image for independent, so where images share photographs it is too narrow.';
  return (
    `The model is right on ${percent(validation.accuracy)} of the validation images and on ${percent(test.accuracy)} of the ` +
    `test images: a gap of ${points(difference.value)} points (95 % interval ${pointsInterval(difference.ci95)}). ` +
    (chance ? `The interval holds 0, so the gap may be chance. ` : '') +
    units
  );
}

function fewSentence({ gap, unit, grouped }: ExplainInput): string[] {
  if (!grouped) return [];
  const { test } = gap.overall;
  const classes = gap.per_class.filter((each) => each.test.groups < few);
  if (test.groups >= few && classes.length === 0) return [];
  const where =
    test.groups < few
      ? `The test images come from ${counted(test.groups, unit)}`
      : `In test, ${classes.map((each) => `${printedName(each.class)} has ${counted(each.test.groups, unit)}`).join(', ')}`;
  return [
    `${where}: intervals from fewer than ${few} are rough. In simulations they held the truth 91 to 100 % of the time instead of 95.`,
  ];
}

function leakageSentence({ leakage, unit }: ExplainInput, { value, ci95 }: GapPart): string {
  const { figures, honest, missing } = leakage;
  const count = figures.validation_images_with_a_twin_in_training;
  if (count === null) return `Leakage was not measured, because ${missing}.`;
  if (count === 0) return `Leakage: none. No validation image shares its ${unit} with a training image.`;
  const twins =
    `${counted(count, 'validation image')} (${percent(figures.fraction!)}) ${count === 1 ? 'has' : 'have'} a twin in ` +
    `training, another image of the same ${unit}`;
  if (value === null || !honest)
    return `Leakage was not measured, because ${missing}; but there is some: ${twins}.`;
  const splits = counted(figures.retrained!.length, 'split');
  return (
    `Leakage: ${points(value)} points (${pointsInterval(ci95)}). ${twins}. Trained again on ${splits} that keep each ` +
    `${unit} on one side, the same trial is right on ${percent(honest.validation.value)} of the validation images and ` +
    `on ${percent(honest.test.value)} of the test images.`
  );
}

function selectionSentence({ selection }: ExplainInput, { value, ci95 }: GapPart): string {
  const { figures, missing } = selection;
  if (missing !== null) return `Selection was not measured, because ${missing}.`;
  if (!figures || value === null)
    return 'Selection: none. The run was not chosen among others by these validation images.';
  const chosen = `The best of ${counted(figures.trials, 'trial')} was chosen on these validation images`;
  if (Math.abs(value) < 0.0005) {
    return `Selection: none to speak of. ${chosen}, but it is so far ahead that this hardly flatters it.`;
  }
  return `Selection: ${points(value)} points (${pointsInterval(ci95)}). ${chosen}, and that makes it look better than it is.`;
}

function restSentence(
  { shift: { figures: shift, missing } }: ExplainInput,
  { part, value, ci95 }: GapPart,
  parts: readonly GapPart[],
): string {
  const size = `${points(value!)} points${ci95 ? ` (${pointsInterval(ci95)})` : ''}`;
  if (!shift) return `What remains, ${size}, could not be looked into, because ${missing}.`;
  const told = shift.auc === null ? null : `an AUC of ${shift.auc.toFixed(2)} (${aucRange(shift)})`;
  if (part === 'shift') {
    return (
      `Shift: ${size} remain. The test images are of another kind than the validation images: a classifier tells the two ` +
      `apart with ${told}${mostShifted(shift)}.`
    );
  }
  const why =
    told === null
      ? 'there are too few photographs to say whether the test images are of another kind'
      : isShifted(shift)
        ? `the test images are of another kind than the validation images (a classifier tells them apart with ${told}), but what was not measured is in here too`
        : `a classifier cannot tell test images from validation images (${told}; 0.50 is guessing), so no shift is to be seen`;
  const unmeasured = parts.some((each) => each.value === null);
  const chance =
    !unmeasured && ci95 && ci95[0] <= 0 && ci95[1] >= 0 ? ', and the interval holds 0: it may be chance' : '';
  return `Not explained: ${size}; ${why}${chance}.`;
}

/** Whether a classifier tells validation and test images apart by more than chance. */
function isShifted({ ci95 }: ShiftFigures): boolean {
  return ci95 !== null && ci95[0] > 0.5;
}

function aucRange({ ci95 }: ShiftFigures): string {
  return ci95 ? `${ci95[0].toFixed(2)} to ${ci95[1].toFixed(2)}` : 'interval not known';
}

/** The classes whose images differ by more than chance, the most different first. */
function mostShifted({ per_class }: ShiftFigures): string {
  const shifted = per_class
    .filter(({ distance, chance95 }) => distance !== null && chance95 !== null && distance > chance95)
    .sort((a, b) => b.distance! - a.distance!)
    .map((each) => each.class);
  return shifted.length === 0 ? '' : `; they differ most in ${shifted.slice(0, 3).join(', ')}`;
}

function advice({ leakage }: ExplainInput): string[] {
  if (!leakage.figures.validation_images_with_a_twin_in_training) return [];
  const groups = leakage.figures.origin === 'detected' ? ' and split.groups: detect' : '';
  return [`To see the honest validation accuracy while training: split.strategy: grouped${groups}.`];
}
