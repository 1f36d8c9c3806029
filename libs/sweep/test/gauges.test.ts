import { settingsSchema } from '@thaw/experiment';
import { expect, it } from 'vitest';
import { ProgramGauge } from '../src/progress/program-gauge.ts';
import { TrialGauge } from '../src/progress/trial-gauge.ts';
import { epoch, job } from './support/fixtures.ts';

it('begins anew with another attempt, which tells all epochs again', () => {
  const settings = settingsSchema.parse({ split: { folds: 5 }, training: { epochs: 10 } });
  const gauge = new TrialGauge({ ...job(3), settings }, 0);
  for (const number of [1, 2, 3]) gauge.update({ type: 'epoch', record: epoch(number, 100) }, 0);
  gauge.update({ type: 'run', run: 'another' }, 1000);
  expect([gauge.doing(1000), gauge.secondsLeft(1000)]).toEqual(['starting', null]);
  const told = [1, 2].flatMap((fold) => [1, 2, 3, 4].map((ofFold) => [fold, ofFold] as const));
  for (const [i, [fold, ofFold]] of [...told, [3, 1] as const].entries())
    gauge.update({ type: 'epoch', record: { ...epoch(i + 1, 2), fold, fold_epoch: ofFold } }, 3000);
  // The two folds before took 4 epochs each: 3 of this one are left, and 4 of each of two others.
  expect(gauge.secondsLeft(3000)).toBeCloseTo(2 * (3 + 4 + 4), 6);
  const program = new ProgramGauge({ number: 3 }, 0);
  program.update({ type: 'epoch', record: epoch(1, 1) });
  program.update({ type: 'run', run: 'another' });
  expect(program.doing()).toBe('running');
});
