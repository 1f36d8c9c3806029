import { counted, percent, percentInterval, points, pointsInterval, printedName, pValue } from '@thaw/base';
import type { Interval } from '@thaw/metrics';
import type { CardFacts } from '@thaw/serving';
import type { SweepRecord } from '@thaw/tracking';
import type { Grouping } from '../groups/groups-of-run.ts';
import { accuracySentence, groupingSentence, onePartSentence } from '../results/sentences.ts';
import type { ChosenRun } from '../gap/choose-run.ts';
import type { Rival, Rivals } from './rival-trials.ts';

/** A class's recall is too unsure to rely on where its interval is wider than this. */
const widestInterval = 0.2;

/** What whoever relies on the choice of this run should know, in sentences: how it was chosen, and how surely. */
export function choiceNotes(
  chosen: ChosenRun,
  {
    rivals,
    figures,
    groups,
  }: {
    /** Null where the run was named, not chosen from a sweep. */
    readonly rivals: Rivals | null;
    readonly figures: CardFacts['figures'];
    readonly groups: Grouping;
  },
): string[] {
  return [
    ...(rivals && chosen.sweep ? sweepNotes(chosen.sweep, rivals) : runNotes(chosen)),
    accuracies(figures, groups, chosen.run.sealed),
    ...intervalNotes(figures, groups),
    ...(groups.origin === 'unknown' ? [groupingSentence(groups)] : []),
  ];
}

function runNotes({ run, sweep, isBest }: ChosenRun): string[] {
  if (!sweep || isBest) return [`Run ${run.id} was named by whoever promoted it.`];
  return [
    `Run ${run.id} was named by whoever promoted it; it is not the one that its sweep chooses by ${sweep.metric.name}.`,
  ];
}

function sweepNotes({ id, metric }: SweepRecord, { finished, runnerUp, all }: Rivals): string[] {
  return [
    `Chosen by ${metric.name} among ${counted(finished, 'finished trial')} of sweep ${id}; test images had no part in it.`,
    ...(runnerUp ? [runnerUpNote(runnerUp)] : []),
    ...(all.length > 1 ? [rivalsNote(all)] : []),
    ...(finished - 1 > all.length
      ? [`${counted(finished - 1 - all.length, 'trial')} had other validation images and cannot be compared.`]
      : []),
  ];
}

function runnerUpNote({ trial, comparison, verdict }: Rival): string {
  const { difference, ci95, p, test } = comparison;
  const figures = `validation accuracy differs by ${points(difference)} points (95 % ${pointsInterval(ci95)}), p ${pValue(p)} (${test})`;
  const runnerUp = `The runner-up, trial ${trial.number},`;
  if (verdict === 'real') {
    return `${runnerUp} is significantly ${difference > 0 ? 'worse' : 'better'}: ${figures}.`;
  }
  if (verdict === 'may be chance') {
    return `${runnerUp} is not significantly worse: ${figures}. The data cannot tell which of the two is better.`;
  }
  return `${runnerUp} seems ${difference > 0 ? 'worse' : 'better'}, but the data cannot tell whether that is more than chance: ${figures}, counting each image as independent.`;
}

/** How many others may be as good, and of how many that cannot be told. */
function rivalsNote(all: Rivals['all']): string {
  const untold = all.filter(({ verdictOfAll }) => verdictOfAll === 'not known').length;
  const alike = all.filter(
    ({ verdictOfAll, comparison }) =>
      verdictOfAll === 'may be chance' || (verdictOfAll === 'real' && comparison.difference < 0),
  ).length;
  const others = `${alike} of ${counted(all.length, 'other trial')} ${alike === 1 ? 'is' : 'are'} not significantly worse on validation images (Holm's correction for all)`;
  return untold === 0 ? `${others}.` : `${others}; of ${untold} it is not known.`;
}

function accuracies(
  { validation: { overall }, test, gap }: CardFacts['figures'],
  grouping: Grouping,
  sealed: boolean,
): string {
  return test && gap
    ? accuracySentence({ overall: { validation: overall, test: test.overall, gap } }, grouping)
    : onePartSentence({ part: 'validation', sealed, overall, grouping });
}

/** One sentence for each part with classes whose recall could be almost anything. */
function intervalNotes(sides: CardFacts['figures'], { origin, unit }: Grouping): string[] {
  return (['test', 'validation'] as const).flatMap((part) => {
    const unsure = (sides[part]?.per_class ?? []).filter((each) => isTooWide(each.recall_ci95));
    if (unsure.length === 0) return [];
    const classes = unsure.map(({ class: name, ...figures }) => {
      const from = origin === 'unknown' ? counted(figures.support, 'image') : counted(figures.groups, unit);
      const range = percentInterval(figures.recall_ci95);
      return `${printedName(name)} ${percent(figures.recall)} (95 % interval ${range}; ${from})`;
    });
    return [`Too few independent ${part} images to tell the recall of ${classes.join(', ')}.`];
  });
}

function isTooWide(ci95: Interval | null): boolean {
  return ci95 === null || ci95[1] - ci95[0] > widestInterval;
}
