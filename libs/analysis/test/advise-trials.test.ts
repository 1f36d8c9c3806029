import { setTimeout as sleep } from 'node:timers/promises';
import { scenarios, settingsSchema, type PredictionRow, type Scenario } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import { Budget } from '../src/advise/trials/budget.ts';
import { compareScenarios, surelyWorse } from '../src/advise/trials/compare-scenarios.ts';
import { drawCurve } from '../src/advise/trials/curve-figure.ts';
import { halve } from '../src/advise/trials/halve.ts';
import { curveOfPhotographs } from '../src/advise/trials/photographs-curve.ts';
import { patient, type MeasuredScenarios } from '../src/advise/trials/measure-scenarios.ts';
import { planTrials } from '../src/advise/trials/pilot.ts';
import { ScenarioTrial } from '../src/advise/trials/scenario-trial.ts';
import { foldOfTrial, photographsLearned, trialImages } from '../src/advise/trials/trial-images.ts';
import { doubtSentences } from '../src/advise/advice-sentences.ts';
import { evidenceOf, winnerSentences } from '../src/advise/trials/trials-sentences.ts';

const classes = ['a', 'b'].map((name) => ({ class: name, images: 60, photographs: 20 }));
const images = classes.flatMap((each, label) =>
  Array.from({ length: each.images }, (_, i) => {
    const name = `${each.class}/${i}`;
    return { path: name, name, sha256: name, label, group: `${each.class}${i % each.photographs}` };
  }),
);
const depthRange = { low: 0, high: 4095 };
const trial = trialImages({ images, classes, depthRange }, { most: images.length, mostFolds: 5, seed: 42 });

/** What a network says that is right on so many of ten photographs in turn. */
function rowsOf(fold: number, tenths: number, share = 1): PredictionRow[] {
  return foldOfTrial(trial, fold, share).validation.map(({ name, label, group }) => {
    const right = (Number(group!.slice(1)) * 7) % 10 < tenths;
    const said = right ? label : 1 - label;
    return {
      file: name,
      label: classes[label]!.class,
      predicted: classes[said]!.class,
      probabilities: said === 0 ? [1, 0] : [0, 1],
    };
  });
}

describe('trialImages', () => {
  it('spreads as many images as asked for over all photographs and tears none', () => {
    const few = trialImages({ images, classes, depthRange }, { most: 60, mostFolds: 5, seed: 42 });
    expect(few.images).toHaveLength(60);
    expect(few).toMatchObject({ photographs: 40, folds: 5 });
    for (let fold = 0; fold < few.folds; fold++) {
      const { train, validation, test, ...fixed } = foldOfTrial(few, fold);
      expect(fixed).toMatchObject({ depthRange });
      const learned = new Set(train.map(({ group }) => group));
      expect(validation.filter(({ group }) => learned.has(group))).toEqual([]);
      expect(train.length + validation.length).toBe(60);
      expect(test).toEqual([]);
    }
  });

  it('takes of each class the same share of photographs, smaller shares within larger ones', () => {
    const [quarter, half] = [0.25, 0.5].map((share) => foldOfTrial(trial, 1, share));
    expect(new Set(quarter!.train.map(({ group }) => group)).size).toBe(8);
    expect(half!.train).toEqual(expect.arrayContaining([...quarter!.train]));
    expect(half!.validation).toEqual(foldOfTrial(trial, 1).validation);
    expect(photographsLearned(trial)).toBe(32);
    expect(photographsLearned(trial, 0.5)).toBe(16);
  });
});

describe('planTrials', () => {
  const pace = { imagesPerSecond: 100, secondsOfTraining: 2, secondsOfEpoch: 0.3, secondsOfFeatures: 0 };

  it.each([
    // 7 trainings of 2 + 5 * (0.3 + 0.85 * 500 / 100) seconds.
    ['five folds where the time suffices for all images', 173.25, 500, { mostFolds: 5, most: 500 }],
    // 4 of 2 + 5 * (0.3 + 0.75 * 400 / 100).
    ['three where it does not', 74, 500, { mostFolds: 3, most: 400 }],
    // 4 of 6 seconds, half of which is for 5 epochs of 0.75 * 80 images.
    ['fewer epochs rather than hardly any image', 24, 500, { mostFolds: 3, most: 80 }],
  ])('takes %s', (_, seconds, all, expected) => {
    const { mostFolds, most } = planTrials(pace, seconds, all, scenarios);
    expect({ mostFolds, most: Math.round(most) }).toEqual(expected);
  });

  it('takes as few as can be where there was no time to find out', () => {
    expect(planTrials(null, 100, 500, scenarios)).toEqual({ mostFolds: 3, most: 0 });
  });

  it('takes more images of a network that is tried in one scenario alone, each of which is looked at once', () => {
    // 5 trainings of 2 + 5 * (0.3 + 0.85 * 500 / 100) seconds, and 500 looks.
    const slow = { ...pace, secondsOfFeatures: 0.1 };
    const { mostFolds, most } = planTrials(slow, 123.75 + 50, 500, ['feature_extraction']);
    expect([mostFolds, most]).toEqual([5, expect.closeTo(500, 9)]);
  });
});

it('lets early stopping wait for as many steps as with all images', () => {
  const settings = settingsSchema.parse({ training: { epochs: 10 } });
  const { training } = patient(settings, 2.5);
  expect(training).toEqual({
    ...settings.training,
    epochs: 25,
    early_stopping: { ...settings.training.early_stopping, patience: 10 },
  });
  const without = { ...settings, training: { ...settings.training, early_stopping: false as const } };
  expect(patient(without, 2).training.early_stopping).toBe(false);
});

it('a budget of more days than a timer takes ends nothing at once', async () => {
  const signal = new Budget(30 * 86_400, () => performance.now()).signal(0);
  await sleep(20);
  expect(signal.aborted).toBe(false);
});

/** Trainings that take `cost` seconds, or what they are allowed, of so many. */
function timed(
  seconds: number,
  cost: (scenario: Scenario) => number,
  tenths: (scenario: Scenario, cut: boolean) => number,
) {
  let now = 0;
  const trained: string[] = [];
  const budget = new Budget(seconds, () => 1000 * now);
  return {
    trained,
    budget,
    options: {
      folds: trial.folds,
      secondsLeft: () => budget.left,
      secondsAtLast: () => budget.left,
      surelyWorse: surelyWorse(trial),
      train: (scenario: Scenario, fold: number, allowed: number) => {
        trained.push(`${scenario} ${fold}`);
        const took = Math.min(cost(scenario), allowed);
        now += took;
        const cut = took < cost(scenario);
        const rows = rowsOf(fold, tenths(scenario, cut));
        return Promise.resolve({ rows, epochs: 1, seconds: took, cut });
      },
    },
  };
}

describe('halve', () => {
  const close = (scenario: Scenario) => 5 + scenarios.indexOf(scenario);

  it('trains all scenarios on all folds where there is time and none is surely worse', async () => {
    const { options, trained, budget } = timed(100, () => 1, close);
    const trials = await halve(scenarios, options);
    expect(trained).toHaveLength(20);
    expect(budget.spent).toBe(20);
    expect(trials.map(({ epochs, cut }) => [epochs.length, cut])).toEqual(scenarios.map(() => [5, 0]));
  });

  it('goes on with the better half alone where there is not', async () => {
    const { options, trained, budget } = timed(16, () => 1, close);
    const trials = await halve(scenarios, options);
    expect(trials.map(({ epochs }) => epochs.length)).toEqual([2, 2, 5, 5]);
    expect(trained).toHaveLength(14);
    expect(budget.spent).toBe(14);
  });

  it('leaves what is surely worse even where there is time', async () => {
    const { options } = timed(
      100,
      () => 1,
      (scenario) => (scenario === 'from_scratch' ? 0 : 9),
    );
    const trials = await halve(scenarios, options);
    expect(trials.map(({ epochs }) => epochs.length)).toEqual([5, 5, 2, 5]);
  });

  it('keeps within the time however long trainings would take, and gives what the quick ones leave to the others', async () => {
    const cost = (scenario: Scenario) => (scenario === 'feature_extraction' ? 0.1 : 1000);
    const { options, budget } = timed(28, cost, close);
    const trials = await halve(scenarios, options);
    expect(budget.spent).toBeLessThanOrEqual(28 + 1e-9);
    expect(trials[0]!.cut).toBe(0);
    // Where trainings were ended by the time it does not suffice for all.
    expect(trials.map(({ epochs }) => epochs.length)).toEqual([2, 2, 5, 5]);
    expect(trials[3]!.seconds).toBeGreaterThan(10);
  });

  it('gives what is left at last to the best of those that the time ended', async () => {
    const cost = (scenario: Scenario) => (['from_scratch', 'full_fine_tune'].includes(scenario) ? 12 : 0.1);
    const tenths = (scenario: Scenario, cut: boolean) => {
      if (scenario === 'full_fine_tune') return cut ? 6 : 9;
      return scenario === 'from_scratch' ? 3 : 7;
    };
    const { options, budget } = timed(100, cost, tenths);
    // What was kept for the learning curve is not needed by the scenario that is ahead.
    const trials = await halve(scenarios, { ...options, secondsLeft: () => Math.max(0, budget.left - 30) });
    // Trainings were ended after some seven seconds, and there is time for one scenario to end its own.
    expect([trials[3]!.cut, trials[3]!.epochs.length]).toEqual([0, 5]);
    expect(budget.spent).toBeLessThanOrEqual(100 + 1e-9);
  });

  it('goes on without a scenario that cannot be trained', async () => {
    const { options } = timed(100, () => 1, close);
    const train: typeof options.train = (scenario, fold, allowed) =>
      scenario === 'from_scratch'
        ? (Promise.resolve({ failed: 'the loss became NaN' }) as never)
        : options.train(scenario, fold, allowed);
    const trials = await halve(scenarios, { ...options, train });
    expect(trials[2]).toMatchObject({ failed: 'the loss became NaN', epochs: [] });
    expect(compareScenarios(trials, trial)!.winner.scenario).toBe('full_fine_tune');
  });
});

describe('compareScenarios', () => {
  const tried = async (tenths: (scenario: Scenario) => number) =>
    compareScenarios(await halve(scenarios, timed(100, () => 1, tenths).options), trial)!;

  it('names the one that wins, and is sure where all others are significantly worse', async () => {
    const compared = await tried((scenario) => (scenario === 'partial_unfreeze' ? 10 : 3));
    expect(compared.winner.scenario).toBe('partial_unfreeze');
    expect(compared.share).toBeCloseTo(1, 12);
    expect(evidenceOf(compared, true)).toBe('strong');
    const scratch = compared.scenarios[2]!;
    expect(scratch.behind).toMatchObject({ verdict: 'real' });
    expect(scratch.behind!.difference).toBeCloseTo(0.7, 1);
  });

  it('is not sure where they are alike', async () => {
    const compared = await tried(() => 6);
    expect(evidenceOf(compared, true)).toBe('weak');
    expect(compared.scenarios.map(({ behind }) => behind?.verdict ?? null)).toEqual([
      null,
      ...['may be chance', 'may be chance', 'may be chance'],
    ]);
  });

  it('is less sure where one that may be as good was ended by the time', async () => {
    const tenths = (scenario: Scenario) => (scenario === 'partial_unfreeze' ? 8 : 7);
    const cost = (scenario: Scenario) => (scenario === 'full_fine_tune' ? 1000 : 1);
    const fair = compareScenarios(await halve(scenarios, timed(100, () => 1, tenths).options), trial)!;
    const cut = compareScenarios(await halve(scenarios, timed(100, cost, tenths).options), trial)!;
    expect([fair.share > 0.9, cut.share > 0.9]).toEqual([true, true]);
    expect([evidenceOf(fair, true), evidenceOf(cut, true), evidenceOf(fair, false)]).toEqual([
      'moderate',
      'weak',
      'weak',
    ]);
  });

  it('is not sure where one that was tried on fewer folds is significantly better there', () => {
    const said = (scenario: Scenario, folds: number, tenths: (fold: number) => number) => {
      const tried = new ScenarioTrial(scenario);
      for (let fold = 0; fold < folds; fold++)
        tried.note(fold, { rows: rowsOf(fold, tenths(fold)), epochs: 1, seconds: 1, cut: false });
      return tried;
    };
    const trials = scenarios.map((scenario) => {
      if (scenario === 'full_fine_tune') return said(scenario, 5, (fold) => (fold < 2 ? 6 : 10));
      return said(scenario, 2, () => (scenario === 'partial_unfreeze' ? 10 : 0));
    });
    const compared = compareScenarios(trials, trial)!;
    expect(compared.winner.scenario).toBe('full_fine_tune');
    expect(compared.scenarios[1]!.behind).toMatchObject({ verdict: 'real' });
    expect(evidenceOf(compared, true)).toBe('weak');
    const measured = { images: trial, possible: scenarios, compared } as unknown as MeasuredScenarios;
    expect(winnerSentences(measured).join('\n')).toMatch(
      /^partial_unfreeze is significantly better on the 2 folds that it was tried on, where full_fine_tune is ahead by -/m,
    );
  });

  it('names none where nothing was validated, and says why', () => {
    expect(compareScenarios([], trial)).toBeNull();
    const failures = [Object.assign(new ScenarioTrial('full_fine_tune'), { failed: 'the loss became NaN' })];
    const said = (possible: readonly Scenario[], failed: readonly ScenarioTrial[]) =>
      winnerSentences({ images: trial, possible, compared: null, failures: failed } as never);
    const failure = 'full_fine_tune could not be trained: the loss became NaN';
    expect(said(scenarios, failures)).toEqual([
      failure,
      'None could be compared: the rule of thumb decides.',
    ]);
    expect(said(['full_fine_tune'], failures)).toEqual([failure, 'The network allows no other scenario.']);
    expect(said(['full_fine_tune'], [])).toEqual([
      'There was not enough time for one epoch of full_fine_tune, the only scenario that the network allows.',
    ]);
  });

  it.each([
    [scenarios, /^This is advice by a rule of thumb/],
    [['feature_extraction'] as const, /^The network allows no other scenario; how far/],
  ])('leaves nothing of short trials open where none could be compared: %#', (possible, doubt) => {
    const figures = { acrossPhotographs: { accuracy: 0.5, ci95: null }, acrossImages: 0.5, logMe: 0 };
    const doubts = doubtSentences({
      training: { classes: [] },
      measured: { pretrained: figures, colors: figures },
      choice: { possible, similarity: 'different', couldBeEither: false },
      trials: { images: trial, all: 1e6, possible, compared: null, failures: [], budgetSeconds: 20 },
    } as never);
    expect(doubts).toEqual([expect.stringMatching(doubt)]);
  });
});

describe('curveOfPhotographs', () => {
  const full = Array.from({ length: trial.folds }, (_, fold) => rowsOf(fold, 8)).flat();
  const options = { rows: full, epochs: [9, 9, 9, 9, 9], secondsLeft: () => 10 };

  it('measures shares of the photographs, and draws them with what twice as many would bring', async () => {
    const found = await curveOfPhotographs(trial, {
      ...options,
      train: (share, fold) => {
        const rows = rowsOf(fold, 8 * (1 - (1 - share) / 2), share);
        return Promise.resolve({ rows, epochs: 9, seconds: 1, cut: false });
      },
    });
    if ('missing' in found) throw new Error(found.missing);
    expect(found.photographs).toEqual([4, 8, 16, 32]);
    expect(found.size).toBe(40);
    const { accuracies, doubled, now } = found.curve;
    expect(accuracies.at(-1)!.value).toBeCloseTo(0.8, 10);
    expect(doubled.value).toBeGreaterThan(now.value);
    const svg = await drawCurve(found);
    expect(svg).toMatch(/^<svg/);
    expect(svg).toContain('photographs that are learned from');
    expect(svg).toContain('>80<');
  });

  it('leaves out shares that had less time to train, and says so where too few are left', async () => {
    const found = await curveOfPhotographs(trial, {
      ...options,
      train: (_, fold) => Promise.resolve({ rows: rowsOf(fold, 4), epochs: 8, seconds: 1, cut: true }),
    });
    expect(found).toEqual({ missing: expect.stringMatching(/there was not enough time/) as string });
  });
});
