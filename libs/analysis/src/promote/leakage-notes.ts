import type { RunData } from '../groups/data-of-run.ts';
import type { ChosenRun } from '../gap/choose-run.ts';
import { leakageText } from '../leakage/leakage-text.ts';
import type { Grouping } from '../groups/groups-of-run.ts';
import type { HonestTest } from '../results/run-results.ts';
import { honestTestSentences, leakingSplitSentences } from '../results/sentences.ts';
import { counted, thousands } from '@thaw/base';

/** What is known of photographs that stand on several sides of a run's split, in sentences. */
export function leakageNotes(
  { sweep }: ChosenRun,
  found: RunData | { readonly missing: string },
  unit: Grouping['unit'],
  honest: HonestTest | null,
): string[] {
  if ('missing' in found) {
    const told = leakageText(sweep?.leakage ?? null);
    return [
      ...(told.length > 0 ? told : [`Not known: ${found.missing}.`]),
      ...honestTestSentences(honest, { unit }),
    ];
  }
  const { leakage, dataset } = found;
  const twins = leakage.validationImagesWithATwinInTraining;
  const images = dataset.validation.length;
  const how = leakage.origin === 'named' ? 'as they are named' : 'found by looking at them';
  const notes =
    twins === 0
      ? [
          `None of ${thousands(images)} validation images shares a ${unit} with training (${thousands(leakage.groups)} ${unit}s, ${how}).`,
        ]
      : leakingSplitSentences(twins, images, { origin: leakage.origin, unit });
  const intoTest = leakage.crossings.filter(({ from, to }) => from !== 'test' && to === 'test');
  return [
    ...notes,
    ...intoTest.map(
      ({ from, groups, images_in_to }) =>
        `${counted(groups, unit)} stand${groups === 1 ? 's' : ''} both in ${from} and in test; ${counted(images_in_to, 'test image')} of ${groups === 1 ? 'it' : 'them'} may flatter the test accuracy.`,
    ),
    ...honestTestSentences(honest, { unit }),
  ];
}
