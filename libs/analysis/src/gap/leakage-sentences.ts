import { counted, percent, percentInterval, points, pointsInterval, shareOf } from '@thaw/base';
import type { GapDocument, GapPart } from '@thaw/tracking';
import type { ExplainInput } from './explain-input.ts';

/** What is known of images of one photograph in training and in validation, and what they do to the gap. */
export function leakageSentence({ leakage, unit }: ExplainInput, { value, ci95 }: GapPart): string {
  const { figures, honest, missing } = leakage;
  const count = figures.validation_images_with_a_twin_in_training;
  if (count === null) return `Leakage was not measured, because ${missing}.`;
  const inTest = figures.test_images_with_a_twin_in_training_or_validation;
  if (count === 0) {
    const where = inTest ? ' into validation' : '';
    const test = inTest === 0 ? ', and no test image with either' : '';
    return `Leakage${where}: none. No validation image shares its ${unit} with a training image${test}.`;
  }
  const twins =
    `${counted(count, 'validation image')} (${percent(figures.fraction!)}) ${count === 1 ? 'has' : 'have'} a twin in ` +
    `training, another image of the same ${unit}`;
  if (value === null || !honest)
    return `Leakage was not measured, because ${missing}; but there is some: ${twins}.`;
  const one = figures.retrained!.length === 1;
  const splits = counted(figures.retrained!.length, 'split');
  return (
    `Leakage: ${points(value)} points (${pointsInterval(ci95)}). ${twins}. Trained again on ${splits} that ${one ? 'keeps' : 'keep'} each ` +
    `${unit} on one side, the same trial is right on ${percent(honest.validation.value)} of the validation images and ` +
    `on ${percent(honest.test.value)} of the test images${inTest ? ' without a twin' : ''}.`
  );
}

/** That test images are copies of what the run learned from or was chosen by, and what the test accuracy is without them. */
export function testLeakageSentence(
  { leakage: { figures, sets, testLeakage }, tested, gap, unit }: ExplainInput,
  { value, ci95 }: GapPart,
): string[] {
  const count = figures.test_images_with_a_twin_in_training_or_validation;
  const inValidation = figures.validation_images_with_a_twin_in_training;
  if (count === null) {
    return inValidation === null ? [] : [`Leakage into test was not measured, because ${tested.missing}.`];
  }
  if (count === 0) {
    return inValidation ? [`No test image shares its ${unit} with a training or validation image.`] : [];
  }
  const { test } = gap.overall;
  const twins =
    `Leakage into test: ${shareOf(count, test.images)} test images ${count === 1 ? 'has' : 'have'} a twin in training or ` +
    `validation, another image of the same ${unit}, so the test accuracy is not honest either.`;
  const honest = figures.honest_test;
  if (honest && value !== null) {
    const flattered = points(-value).replace('+', '');
    const what =
      value < 0
        ? `the copies flatter the test accuracy by ${flattered} points, and hide as much of the gap`
        : 'the copies do not flatter it here';
    return [
      `${twins} On the ${counted(honest.images, 'image')} without one, of ${counted(honest.groups, unit)}, the model is right on ` +
        `${percent(honest.accuracy)} (95 % interval ${percentInterval(honest.ci95)}), on all test images on ` +
        `${percent(test.accuracy)}: ${what} (${points(value)} points of the gap, ${pointsInterval(ci95)}).`,
    ];
  }
  const again =
    testLeakage && sets
      ? ` Trained again on splits that keep each ${unit} on one side, test images among them, the trial is right on ${percent(testLeakage.honest.value)} of the test images.`
      : '';
  return [`${twins} What it is without them cannot be said of this run: ${tested.missing}.${again}`];
}

/** The gap without leakage on either side, where there is some. */
export function honestSentence(
  { leakage: { figures } }: ExplainInput,
  gap: GapDocument['leakage']['honest_gap'],
): string[] {
  const isLeaking =
    figures.validation_images_with_a_twin_in_training ||
    figures.test_images_with_a_twin_in_training_or_validation;
  if (!gap || !isLeaking) return [];
  return [
    `Without copies on either side, and without selection, the gap is ${points(gap.value)} points (${pointsInterval(gap.ci95)}).`,
  ];
}

/** How copies are kept out. */
export function leakageAdvice({ leakage: { figures } }: ExplainInput): string[] {
  const groups = figures.origin === 'detected' ? ' and split.groups: detect' : '';
  return [
    ...(figures.validation_images_with_a_twin_in_training
      ? [`To see the honest validation accuracy while training: split.strategy: grouped${groups}.`]
      : []),
    ...(figures.test_images_with_a_twin_in_training_or_validation
      ? [
          'The test accuracy is not honest as long as copies are in the test set: take them out of it, or out of training and validation.',
        ]
      : []),
  ];
}
