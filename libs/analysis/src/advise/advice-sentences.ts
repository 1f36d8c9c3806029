import { counted, fixed, percent, percentInterval, printedName } from '@thaw/base';
import type { Scenario } from '@thaw/experiment';
import type { Advice } from './advice.ts';
import { curveSentences, evidenceOf, trialDoubts, winnerSentences } from './trials/trials-sentences.ts';
import { largeFrom } from './choose-scenario.ts';

/** Below so many photographs of a class every figure hangs on a few of them. */
const few = 20;

type Evidence = Pick<Advice, 'training' | 'measured' | 'choice' | 'trials'>;

const meaning: Record<Scenario, string> = {
  feature_extraction: 'keep the pretrained layers as they are and train only a new head',
  partial_unfreeze: 'keep the first layers and train the rest',
  from_scratch: 'start from random weights and train every layer',
  full_fine_tune: 'start from the pretrained weights and train every layer',
};

/** The scenario that is advised: the one that wins trials, where there were any, else that of the rule of thumb. */
export function advisedScenario({ choice, trials }: Pick<Advice, 'choice' | 'trials'>): Scenario {
  return trials?.compared?.winner.scenario ?? choice.scenario;
}

/**
 * How far the advice goes, in a word. Of a network that allows one scenario alone it is sure. By the rule of thumb it is never very sure, less where what is compared could be otherwise;
 * by trials see `evidenceOf`.
 */
export function sureness({ training, choice, trials }: Evidence): 'weak' | 'moderate' | 'strong' {
  if (choice.possible.length === 1) return 'strong';
  if (trials?.compared) return evidenceOf(trials.compared, trials.images.images.length === trials.all);
  const sparse = training.classes.some(({ photographs }) => photographs < few);
  return choice.couldBeEither || sparse ? 'weak' : 'moderate';
}

/** Why the scenario was chosen: what trials have shown, size, similarity, what follows. */
export function reasonSentences({ training, measured, choice, trials }: Evidence): string[] {
  const fewest = [...training.classes].sort((a, b) => a.photographs - b.photographs)[0]!;
  const { pretrained, colors, chance, neighbours } = measured;
  const copies = pretrained.acrossImages - pretrained.acrossPhotographs.accuracy;
  return [
    ...(trials ? [...winnerSentences(trials), ...curveSentences(trials.curve)] : []),
    `The data is ${choice.size}: ${printedName(fewest.class)} has ${counted(fewest.photographs, 'independent photograph')}` +
      ` (${counted(fewest.images, 'image')}); large is ${largeFrom.toLocaleString('en')} or more of every class, what ImageNet has of its own.`,
    `It is ${choice.similarity === 'similar' ? 'similar to' : 'different from'} what the network knows: by the ${neighbours} nearest images of other photographs` +
      ` its features name the right class for ${percent(pretrained.acrossPhotographs.accuracy)} of images (95 %: ${percentInterval(pretrained.acrossPhotographs.ci95)});` +
      ` similar is above ${percent(choice.similarFrom)}, where guessing gives ${percent(chance)} and colours alone ${percent(colors.acrossPhotographs.accuracy)}.`,
    ...(copies > 0.02
      ? [
          `With other images of the same photograph allowed, it seems to be ${percent(pretrained.acrossImages)}: a split that ignores photographs would measure that.`,
        ]
      : []),
    `A ${choice.size} and ${choice.similarity} data set suggests ${choice.suggested}: ${meaning[choice.suggested]}.${instead(choice)}`,
  ];
}

function instead({ suggested, scenario }: Advice['choice']): string {
  if (scenario === suggested) return '';
  return ` The network does not allow that, but ${scenario}: ${meaning[scenario]}.`;
}

/** What could be otherwise, in plain words. */
export function doubtSentences({ training, measured, choice, trials }: Advice): string[] {
  const { pretrained, colors } = measured;
  const sparse = training.classes.filter(({ photographs }) => photographs < few);
  const nearSize = training.classes.filter(
    ({ photographs }) => photographs >= largeFrom / 2 && photographs < largeFrom * 2,
  );
  const logMeDisagrees = pretrained.logMe > colors.logMe !== (choice.similarity === 'similar');
  return [
    ...(sparse.length > 0
      ? [
          `${sparse.map((each) => `${printedName(each.class)} has ${counted(each.photographs, 'photograph')}`).join(', ')}: the figures depend on few photographs, and would differ with others.`,
        ]
      : []),
    ...(choice.couldBeEither
      ? [
          `The intervals of what is compared overlap: by other photographs the data might be ${choice.similarity === 'similar' ? 'different' : 'similar'}.`,
        ]
      : []),
    ...(nearSize.length > 0 ? ['The size is within a factor of two of where large begins.'] : []),
    ...(logMeDisagrees
      ? [
          `LogME, a second opinion, disagrees: ${fixed(pretrained.logMe, 3)} for the features against ${fixed(colors.logMe, 3)} for colours alone.`,
        ]
      : []),
    trials?.compared
      ? trialDoubts(trials, trials.compared)
      : choice.possible.length === 1
        ? noOther
        : ruleOfThumb,
  ].flat();
}

const noOther = 'The network allows no other scenario; how far this one gets, short trials or a sweep tell.';

const ruleOfThumb =
  'This is advice by a rule of thumb on size and similarity: it has not trained anything, does not know learning rates, epochs or augmentation, and may name another scenario than the one that wins. Short trials of all four, or a sweep over model.scenario with split: {strategy: grouped, groups: detect}, decide.';
