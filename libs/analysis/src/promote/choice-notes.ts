import { counted, percent } from '@thaw/base';
import type { GapFigures, Interval } from '@thaw/metrics';
import type { SweepRecord } from '@thaw/tracking';
import type { ChosenRun } from '../gap/choose-run.ts';
import { interval, points, pointsInterval } from '../gap/words.ts';
import type { Rival, Rivals } from './rival-trials.ts';

/** A class's recall is too unsure to rely on where its interval is wider than this. */
const widestInterval = 0.2;
const significance = 0.05;

/** What whoever relies on the choice of this run should know, in sentences: how it was chosen, and how surely. */
export function choiceNotes(
  chosen: ChosenRun,
  {
    rivals,
    figures,
    unit,
    groupsMissing,
  }: {
    /** Null where the run was named, not chosen from a sweep. */
    readonly rivals: Rivals | null;
    readonly figures: GapFigures;
    /** What a group is called. */
    readonly unit: string;
    /** Why groups are not known, as a clause; null where they are. */
    readonly groupsMissing: string | null;
  },
): string[] {
  return [
    ...(rivals && chosen.sweep ? sweepNotes(chosen.sweep, rivals) : runNotes(chosen)),
    ...intervalNotes(figures, unit, groupsMissing === null),
    ...(groupsMissing === null
      ? []
      : [
          `Every image counts as independent, because ${groupsMissing}. Where images share photographs, all of this looks surer than it is.`,
        ]),
  ];
}

function runNotes({ run, sweep, isBest }: ChosenRun): string[] {
  if (!sweep || isBest) return [`Run ${run.id} was named by whoever promoted it.`];
  return [
    `Run ${run.id} was named by whoever promoted it; it is not the one that its sweep chooses by ${sweep.metric.name}.`,
  ];
}

function sweepNotes({ id, metric }: SweepRecord, { finished, runnerUp, all }: Rivals): string[] {
  const alike = all.filter(({ pCorrected }) => pCorrected >= significance).length;
  return [
    `Chosen by ${metric.name} among ${counted(finished, 'finished trial')} of sweep ${id}; test images had no part in it.`,
    ...(runnerUp ? [runnerUpNote(runnerUp)] : []),
    ...(all.length > 1
      ? [
          `${alike} of ${counted(all.length, 'other trial')} ${alike === 1 ? 'is' : 'are'} not significantly worse on validation images (Holm's correction for all).`,
        ]
      : []),
    ...(finished - 1 > all.length
      ? [`${counted(finished - 1 - all.length, 'trial')} had other validation images and cannot be compared.`]
      : []),
  ];
}

function runnerUpNote({ trial, comparison }: Rival): string {
  const { difference, ci95, p, test } = comparison;
  const figures = `validation accuracy differs by ${points(difference)} points (95 % ${pointsInterval(ci95)}), p ${p < 0.001 ? '< 0.001' : p.toFixed(3)} (${test})`;
  return p < significance
    ? `The runner-up, trial ${trial.number}, is significantly worse: ${figures}.`
    : `The runner-up, trial ${trial.number}, is not significantly worse: ${figures}. Which of both is better is not known.`;
}

/** One sentence for each part with classes whose recall could be almost anything. */
function intervalNotes({ per_class }: GapFigures, unit: string, grouped: boolean): string[] {
  return (['test', 'validation'] as const).flatMap((part) => {
    const unsure = per_class.filter((each) => isTooWide(each[part].recall_ci95));
    if (unsure.length === 0) return [];
    const classes = unsure.map(({ class: name, [part]: figures }) => {
      const from = grouped ? counted(figures.groups, unit) : counted(figures.support, 'image');
      const range = figures.recall_ci95 ? `${interval(figures.recall_ci95)} %` : 'not known';
      return `${name} ${percent(figures.recall)} (95 % interval ${range}; ${from})`;
    });
    return [`Too few independent ${part} images to tell the recall of ${classes.join(', ')}.`];
  });
}

function isTooWide(ci95: Interval | null): boolean {
  return ci95 === null || ci95[1] - ci95[0] > widestInterval;
}
