import { silent, type AnalysisListener } from '@thaw/analysis';
import { compareRuns, type Comparison } from '@thaw/analysis/recorded';
import { generalisationGap, type GapFigures, type Predictions } from '@thaw/metrics';
import { Study, type Sampler, type Trial } from '@thaw/search';
import { openStore, startRun, type RunRecord } from '@thaw/tracking';

/** What a user may write with the libraries; `package.test.ts` compiles it against the packages and runs it. */
const sure = [0.9, 0.1];
const predictions = (labels: number[]): Predictions => ({
  labels,
  probabilities: labels.map(() => sure),
  groups: ['a', 'a', 'b', 'c'],
});
const figures: GapFigures = generalisationGap(predictions([0, 0, 0, 1]), predictions([0, 0, 1, 1]), [
  'sound',
  'ill',
]);
const { validation, test, gap } = figures.overall;
console.log(`gap ${gap.value} of ${validation.images} and ${test.images} images`);

const halving: Sampler = {
  ask: (trials: readonly Trial[]) => (trials.length < 3 ? { rate: 1 / 2 ** trials.length } : null),
};
const space = { rate: { distribution: 'uniform', min: 0, max: 1 } } as const;
const study = new Study({ space, goal: 'minimize', seed: 1, sampler: halving });
for (let trial = study.ask(); trial !== null; trial = study.ask()) {
  study.tell(trial.number, Math.abs(trial.parameters.rate - 0.4));
}
console.log(`best rate ${study.best!.parameters.rate}`);

const run = await startRun({ name: 'mine', parameters: { rate: 0.5 } });
for (const epoch of [1, 2]) run.log({ loss: 1 / epoch, val_accuracy: 0.5 }, epoch);
await run.finish({ val_accuracy: 0.5 });
const store = openStore('runs');
const mine: RunRecord[] = (await store.runs()).runs.filter(({ sweep }) => sweep === null);
console.log(`logged ${(await store.metrics(mine[0]!.id)).length} epochs of ${mine.length} run`);

const listener: AnalysisListener = silent;
const compare: typeof compareRuns = compareRuns;
const compared: Comparison[] = [];
console.log(compared.length === 0 && compare !== null && listener === silent ? 'nothing to compare' : '');
