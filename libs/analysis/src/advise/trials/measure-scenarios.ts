import type { Scenario, Settings } from '@thaw/experiment';
import type { Engine } from '@thaw/compute';
import { sum, type Note } from '@thaw/base';
import { TrialMemory } from '@thaw/training';
import { possibleScenarios } from '../possible-scenarios.ts';
import type { TrainingImages } from '../training-images.ts';
import type { Budget } from './budget.ts';
import { compareScenarios, surelyWorse, type ComparedScenarios } from './compare-scenarios.ts';
import { halve } from './halve.ts';
import { curveOfPhotographs, shares, type CurveOfPhotographs } from './photographs-curve.ts';
import { pilot, planTrials } from './pilot.ts';
import type { ScenarioTrial } from './scenario-trial.ts';
import { trainFold, type FoldOutcome } from './train-fold.ts';
import { foldOfTrial, trialImages, type TrialImages } from './trial-images.ts';

/** What short trials of each scenario have shown. */
export interface MeasuredScenarios {
  readonly images: TrialImages;
  /** All training images that there are, of which the trials may have seen a part. */
  readonly all: number;
  /** The scenarios that the network allows. */
  readonly possible: readonly Scenario[];
  /** Null where there was no time for any, or none could be trained. */
  readonly compared: ComparedScenarios | null;
  readonly failures: readonly ScenarioTrial[];
  /** Of the scenario that wins; why there is none, in words. */
  readonly curve: CurveOfPhotographs | { readonly missing: string };
  readonly budgetSeconds: number;
  /** All that was spent of it until here. */
  readonly seconds: number;
}

export interface MeasureScenariosOptions {
  readonly budget: Budget;
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly onProgress: (what: string, done: number, total: number) => void;
  readonly note: Note;
}

/** Of the time that is left, for the scenarios; the rest is for the learning curve. One alone has no rival to be compared with. */
const forScenarios = (count: number) => (count === 1 ? 1 / (1 + sum(shares)) : 0.7);
/** Kept for intervals and for what ends later than it is told to. */
const reserved = (budget: number) => Math.max(3, 0.06 * budget);

/** Short trials of each scenario within a budget of time, by `halve`, and a learning curve of the one that wins. */
export async function measureScenarios(
  training: Pick<TrainingImages, 'images' | 'classes' | 'depthRange'>,
  settings: Settings,
  options: MeasureScenariosOptions,
): Promise<MeasuredScenarios> {
  const { budget, engine, cacheDir, signal, clock, onProgress, note } = options;
  const memory = new TrialMemory();
  const deadline = budget.signal(reserved(budget.seconds));
  const usable = () => Math.max(0, budget.left - reserved(budget.seconds));
  const { seed, batch_size } = settings.training;
  const all = training.images.length;
  const possible = possibleScenarios(settings.model);
  const ofScenarios = forScenarios(possible.length);
  const train = async (
    images: TrialImages,
    { scenario, fold, share }: { scenario: Scenario; fold: number; share: number },
    allowed: number,
  ): Promise<FoldOutcome> => {
    const part = share === 1 ? '' : ` with ${share} of the photographs`;
    const what = `${scenario}${part}, fold ${fold + 1} of ${images.folds}`;
    const outcome = await trainFold(
      patient({ ...settings, model: { ...settings.model, scenario } }, all / (share * images.images.length)),
      foldOfTrial(images, fold, share),
      {
        ...{ engine, cacheDir, memory, allowed, deadline, signal, clock },
        onProgress: (seconds) => {
          onProgress(`% of the time for ${what}`, Math.min(100, Math.round((100 * seconds) / allowed)), 100);
        },
      },
    );
    note(`${what}: ${outcomeText(outcome)}  [${budget.spent.toFixed(0)} of ${budget.seconds} s]`);
    return outcome;
  };
  try {
    const few = trialImages(training, { most: 2 * batch_size, mostFolds: 5, seed });
    const pace = await pilot(possible, settings, foldOfTrial(few, 0), {
      engine,
      cacheDir,
      memory,
      deadline,
      signal,
      clock,
    });
    const plan = planTrials(pace, ofScenarios * usable(), all, possible);
    const images = trialImages(training, { ...plan, seed });
    const end = usable() * (1 - ofScenarios);
    const trials = await halve(possible, {
      folds: images.folds,
      train: (scenario, fold, allowed) => train(images, { scenario, fold, share: 1 }, allowed),
      secondsLeft: () => Math.max(0, usable() - end),
      // The learning curve of a quick scenario takes less than was kept for it.
      secondsAtLast: ({ seconds }) => Math.max(0, usable() - Math.min(end, 1.5 * seconds)),
      surelyWorse: surelyWorse(images),
    });
    const compared = compareScenarios(trials, images);
    const winner = compared?.winner;
    const failures = trials.filter(({ failed }) => failed !== null);
    const why =
      failures.length === trials.length
        ? 'no scenario could be trained'
        : 'there was not enough time for one scenario on all folds';
    const curve =
      winner?.epochs.length === images.folds
        ? await curveOfPhotographs(images, {
            rows: winner.rows,
            epochs: winner.epochs,
            train: (share, fold, allowed) =>
              train(images, { scenario: winner.scenario, fold, share }, allowed),
            secondsLeft: usable,
          })
        : { missing: why };
    const { seconds: budgetSeconds, spent: seconds } = budget;
    return { images, all, possible, compared, failures, curve, budgetSeconds, seconds };
  } finally {
    await memory.clear();
  }
}

/** An epoch of a part of the images has fewer steps: early stopping waits for as many as with all, so many times the epochs. */
export function patient(settings: Settings, times: number): Settings {
  const { epochs, early_stopping: stopping } = settings.training;
  const more = (count: number) => Math.ceil(count * times);
  const early_stopping = stopping && { ...stopping, patience: more(stopping.patience) };
  return { ...settings, training: { ...settings.training, epochs: more(epochs), early_stopping } };
}

function outcomeText(outcome: FoldOutcome): string {
  if (!outcome) return 'no time for an epoch';
  if ('failed' in outcome) return outcome.failed;
  const { epochs, seconds, cut, rows } = outcome;
  const end = cut ? ', ended by the time' : '';
  const right = rows.filter(({ label, predicted }) => label === predicted).length;
  return `val accuracy ${(right / rows.length).toFixed(4)}, ${epochs} epochs in ${seconds.toFixed(1)} s${end}`;
}
