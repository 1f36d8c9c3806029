import { counted, percent, points, pointsInterval, printedName } from '@thaw/base';
import { fewestGroups } from '@thaw/metrics';
import type { GapDocument, GapPart } from '@thaw/tracking';
import { sceneSentences } from '../leakage/leakage-text.ts';
import type { ExplainInput } from './explain-input.ts';
import { honestSentence, leakageAdvice, leakageSentence, testLeakageSentence } from './leakage-sentences.ts';
import { restSentence, sharesSentence } from './shift-sentences.ts';

/** What the parts of a gap say, in words: the gap, each part, and what to do. */
export function explanationSentences(
  input: ExplainInput,
  parts: readonly GapPart[],
  honestGap: GapDocument['leakage']['honest_gap'],
): string[] {
  const part = (name: GapPart['part']) => parts.find((each) => each.part === name);
  return [
    gapSentence(input),
    ...fewSentence(input),
    leakageSentence(input, part('leakage')!),
    ...testLeakageSentence(input, part('test_leakage')!),
    ...sceneSentences(input.leakage.figures),
    ...honestSentence(input, honestGap),
    selectionSentence(input, part('selection')!),
    ...sharesSentence(input),
    restSentence(input, part('shift') ?? part('rest')!, parts),
    ...leakageAdvice(input),
  ];
}

function gapSentence({ gap, unit, grouped }: ExplainInput): string {
  const { validation, test, gap: difference } = gap.overall;
  const chance = difference.ci95 && difference.ci95[0] <= 0 && difference.ci95[1] >= 0;
  const units = grouped
    ? `The test images are only ${counted(test.groups, unit)}, which is what the interval goes by.`
    : 'The interval treats every image as independent, so where images share photographs it is too narrow.';
  return (
    `The model is right on ${percent(validation.accuracy)} of the validation images and on ${percent(test.accuracy)} of the ` +
    `test images: a gap of ${points(difference.value)} points (95 % interval ${pointsInterval(difference.ci95)}). ` +
    (chance ? `The interval includes 0, so the gap may be chance. ` : '') +
    units
  );
}

function fewSentence({ gap, unit, grouped }: ExplainInput): string[] {
  if (!grouped) return [];
  const { test } = gap.overall;
  const classes = gap.per_class.filter((each) => each.test.groups < fewestGroups);
  if (test.groups >= fewestGroups && classes.length === 0) return [];
  const where =
    test.groups < fewestGroups
      ? `The test images come from ${counted(test.groups, unit)}`
      : `In test, ${classes.map((each) => `${printedName(each.class)} has ${counted(each.test.groups, unit)}`).join(', ')}`;
  return [
    `${where}: intervals from fewer than ${fewestGroups} are rough. In simulations they contained the truth 91 to 100 % of the time instead of 95.`,
  ];
}

function selectionSentence({ selection }: ExplainInput, { value, ci95 }: GapPart): string {
  const { figures, missing } = selection;
  if (missing !== null) return `Selection was not measured, because ${missing}.`;
  if (!figures || value === null)
    return 'Selection: none. The run was not chosen among others by these validation images.';
  const chosen = `The best of ${counted(figures.trials, 'trial')} was chosen on these validation images`;
  if (Math.abs(value) < 0.0005) {
    return `Selection: none to speak of. ${chosen}, but that hardly changes how good it looks.`;
  }
  const does =
    value < 0
      ? 'but that does not flatter it'
      : ci95 && ci95[0] > 0
        ? 'and that makes it look better than it is'
        : 'which may make it look better than it is, but how much better cannot be told from so few images';
  return `Selection: ${points(value)} points (${pointsInterval(ci95)}). ${chosen}, ${does}.`;
}
