import { percent, points, pointsInterval, printedName } from '@thaw/base';
import type { GapPart } from '@thaw/tracking';
import type { ExplainInput } from './explain-input.ts';
import type { ShiftFigures } from './measure-shift.ts';

/** Classes whose shares differ by less are as frequent. */
const leastShare = 0.01;
const classesNamed = 3;

/** How often the classes occur in validation and test, and what that does to the gap; nothing where they are as frequent. */
export function sharesSentence({ shares: { figures, missing }, leakage, tested }: ExplainInput): string[] {
  if (missing !== null) {
    // That too few test images are without copies was said.
    return missing === tested.missing
      ? []
      : [`Shares of the classes were not taken apart, because ${missing}.`];
  }
  const { per_class, effect, test_accuracy_at_validation_shares: at } = figures!;
  const distance = (each: (typeof per_class)[number]) => Math.abs(each.validation - each.test);
  const others = per_class.filter((each) => distance(each) >= leastShare);
  if (others.length === 0) return [];
  const copies = leakage.figures.test_images_with_a_twin_in_training_or_validation;
  const testImages = copies ? 'test images without a twin' : 'test images';
  const validationImages = leakage.sets ? 'validation images of those splits' : 'validation images';
  const which = [...others]
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, classesNamed)
    .map(({ class: name, validation, test }, i) =>
      i === 0
        ? `${printedName(name)} is ${percent(validation)} of the ${validationImages} and ${percent(test)} of the ${testImages}`
        : `${printedName(name)} ${percent(validation)} and ${percent(test)}`,
    );
  const said = `The classes have other shares: ${which.join(', ')}`;
  if (Math.abs(effect!.value) < 0.0005) {
    return [`Shares: none to speak of. ${said}, but that hardly changes the accuracy.`];
  }
  return [
    `Shares: ${points(effect!.value)} points (${pointsInterval(effect!.ci95)}). ${said}. With the shares of the validation images ` +
      `the test accuracy would be ${percent(at!.value)} instead of ${percent(at!.value - effect!.value)}, for no other image.`,
  ];
}

/** What is left of the gap, and whether it is that test images are of another kind within a class. */
export function restSentence(
  { shift: { figures: shift, missing } }: ExplainInput,
  { part, value, ci95 }: GapPart,
  parts: readonly GapPart[],
): string {
  const size = `${points(value!)} points${ci95 ? ` (${pointsInterval(ci95)})` : ''}`;
  if (!shift) return `What remains, ${size}, could not be looked into, because ${missing}.`;
  const told = shift.auc === null ? null : `an AUC of ${shift.auc.toFixed(2)} (${aucRange(shift)})`;
  if (part === 'shift') {
    return (
      `Shift: ${size} remain. Within a class the test images are of another kind than the validation images: a classifier tells ` +
      `the two apart with ${told}${mostShifted(shift)}.`
    );
  }
  const unmeasured = parts.some((each) => each.value === null);
  const doubt = unmeasured
    ? 'what was not measured is in here too'
    : 'that it makes them harder cannot be shown';
  const why =
    told === null
      ? 'there are too few photographs to say whether the test images are of another kind'
      : isShifted(shift)
        ? `a classifier tells test images from validation images of the same class (${told}), but ${doubt}`
        : `a classifier cannot tell test images from validation images of the same class (${told}; 0.50 is guessing), so no shift can be seen`;
  const chance =
    !unmeasured && ci95 && ci95[0] <= 0 && ci95[1] >= 0
      ? ', and the interval includes 0: it may be chance'
      : '';
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
  return shifted.length === 0 ? '' : `; they differ most in ${shifted.slice(0, classesNamed).join(', ')}`;
}
