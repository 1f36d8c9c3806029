import { counted, percent, percentInterval, points, pointsInterval, pValue, thousands } from '@thaw/base';
import { wholeTraining } from '@thaw/experiment';
import type { LearningCurve } from '@thaw/metrics';
import { isSurelyWorse, type ComparedScenario, type ComparedScenarios } from './compare-scenarios.ts';
import type { CurveOfPhotographs } from './photographs-curve.ts';
import type { MeasuredScenarios } from './measure-scenarios.ts';
import type { ScenarioTrial } from './scenario-trial.ts';

/** From here on a share of draws counts for something. */
const oftenBest = 0.9;

/**
 * `strong` where every other scenario is significantly worse; `moderate` where the winner is the best of most draws, and none of
 * those that may be as good was ended, or left, for lack of time; else `weak`. So it is, too, where the trials saw a part of the images
 * and the winner keeps layers as they are: with all, scenarios that train more of them may win. Where no other is possible it is `strong`.
 */
export function evidenceOf({ share, scenarios: compared, winner }: ComparedScenarios, ofAll: boolean) {
  if (compared.length === 1) return 'strong';
  if (!ofAll && !wholeTraining.includes(winner.scenario)) return 'weak';
  const others = compared.filter(({ trial, behind }) => trial !== winner && behind !== null);
  if (others.length < compared.length - 1) return 'weak';
  const rivals = others.filter(({ behind }) => !isSurelyWorse(behind!));
  if (rivals.length === 0) return 'strong';
  const fair = rivals.every(({ trial }) => trial.cut === 0 && trial.epochs.length === winner.epochs.length);
  return fair && share >= oftenBest ? 'moderate' : 'weak';
}

/** Whether twice as many photographs would bring something, or nothing, or the curve cannot tell. */
export function curveVerdict({ gain }: LearningCurve): 'more' | 'unknown' {
  return gain.ci95 !== null && gain.ci95[0] > 0 ? 'more' : 'unknown';
}

/** Which scenario wins, by how much, and how sure that is. */
export function winnerSentences({ images, possible, compared, failures }: MeasuredScenarios): string[] {
  if (!compared) return [...failures.map(failureSentence), noneSentence(possible, failures.length > 0)];
  const { winner, share, scenarios: all } = compared;
  const own = all.find(({ trial }) => trial === winner)!.accuracy!;
  const isOnly = possible.length === 1;
  const won = isOnly
    ? `${winner.scenario}, the only scenario that the network allows, was tried in short`
    : `${winner.scenario} wins short trials`;
  const often = isOnly ? '' : `; it is the best in ${percent(share)} of draws of photographs`;
  return [
    `${won} on ${thousands(images.images.length)} training images of ${counted(images.photographs, 'photograph')} in ${images.folds} folds:` +
      ` accuracy ${percent(own.value)} (95 %: ${percentInterval(own.ci95)}) on photographs that it had not seen${often}.`,
    ...all.flatMap((each) => (each.trial === winner ? [] : [otherSentence(winner.scenario, each)])),
  ];
}

/** What is advised where nothing could be compared, and why. */
function noneSentence(possible: MeasuredScenarios['possible'], haveFailed: boolean): string {
  const [only] = possible;
  if (possible.length === 1) {
    return haveFailed
      ? 'The network allows no other scenario.'
      : `There was not enough time for one epoch of ${only}, the only scenario that the network allows.`;
  }
  return haveFailed
    ? 'None could be compared: the rule of thumb decides.'
    : 'There was not enough time for one epoch of any scenario: the rule of thumb decides.';
}

function otherSentence(winner: string, { trial, behind }: ComparedScenario): string {
  const { scenario, epochs } = trial;
  if (trial.failed !== null) return failureSentence(trial);
  if (!behind) return `${scenario} was not tried: there was not enough time for an epoch.`;
  const { difference, ci95, p_corrected: p, verdict } = behind;
  const folds = counted(epochs.length, 'fold');
  const ahead = `ahead by ${points(difference)} points (95 %: ${pointsInterval(ci95)}, p ${pValue(p)} with Holm's correction)`;
  if (verdict === 'real' && difference < 0)
    return `${scenario} is significantly better on the ${folds} that it was tried on, where ${winner} is ${ahead}; there was not enough time for all.`;
  const how =
    verdict === 'real' ? 'is significantly worse' : 'is not significantly worse, so that it may be as good';
  return `${scenario} ${how}: ${winner} is ${ahead}, on ${folds}.`;
}

function failureSentence({ scenario, failed }: ScenarioTrial): string {
  return `${scenario} could not be trained: ${failed}`;
}

/** What twice as many photographs would be expected to bring. */
export function curveSentences(curve: MeasuredScenarios['curve']): string[] {
  if ('missing' in curve)
    return [`How much more photographs would bring was not measured: ${curve.missing}.`];
  const { size, curve: found } = curve;
  const { now, doubled, gain } = found;
  const expected =
    `Twice as many photographs (${thousands(2 * size)}) would be expected to bring ${points(gain.value)} points (95 %: ${pointsInterval(gain.ci95)}):` +
    ` accuracy ${percent(doubled.value)} (${percentInterval(doubled.ci95)}) instead of ${percent(now.value)}, by a power law of the error.`;
  return curveVerdict(found) === 'more'
    ? [expected]
    : [`${expected} The interval includes 0: these data cannot tell whether more photographs would help.`];
}

/** What trials this short, that could be compared, leave open. */
export function trialDoubts(
  { images, all, possible, budgetSeconds }: MeasuredScenarios,
  { scenarios: compared }: ComparedScenarios,
): string[] {
  const trials = compared.map(({ trial }) => trial);
  const isOnly = possible.length === 1;
  const withAll = isOnly ? '' : '; with all, scenarios that train more layers gain most';
  const cut = trials.filter((trial) => trial.cut > 0);
  const left = trials.filter(({ epochs }) => epochs.length > 0 && epochs.length < images.folds);
  return [
    ...(images.images.length < all
      ? [
          `The trials saw ${thousands(images.images.length)} of ${thousands(all)} training images, as many as ${budgetSeconds} s allow${withAll}.`,
        ]
      : []),
    ...(cut.length > 0
      ? [
          `${cut.map(({ scenario, cut: folds }) => `${scenario} (${counted(folds, 'fold')})`).join(', ')} would have trained on if there had been time.`,
        ]
      : []),
    ...(left.length > 0
      ? [
          `${left.map(({ scenario }) => scenario).join(', ')} trained on ${counted(left[0]!.epochs.length, 'fold')} only: others were clearly better there, or there was not enough time for all.`,
        ]
      : []),
    isOnly
      ? 'It was tried with one learning rate and head; others may suit it better. A sweep decides.'
      : 'All scenarios were tried with the same learning rate and head; others may suit them better. A sweep decides.',
  ];
}

/** A row a point for a table: photographs, accuracy and its interval. */
export function curveRows({ photographs, curve }: CurveOfPhotographs): string[][] {
  return curve.accuracies.map(({ value, ci95 }, i) => [
    photographs[i]!.toFixed(0),
    percent(value),
    percentInterval(ci95),
  ]);
}
