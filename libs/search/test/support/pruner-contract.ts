import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Goal, TrialState } from '@thaw/experiment';
import type { Pruner, Trial } from '../../src/index.ts';

export type MakePruner = (goal: Goal) => Pruner;

const reports = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)), {
  minLength: 1,
  maxLength: 12,
});
const histories: fc.Arbitrary<Trial[]> = fc
  .array(
    fc.tuple(reports, fc.constantFrom<TrialState>('finished', 'running', 'pruned', 'failed', 'interrupted')),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((entries) =>
    entries.map(([curve, state], number) => ({ number, parameters: {}, state, value: null, reports: curve })),
  );

const negated = (trials: readonly Trial[]): Trial[] =>
  trials.map((trial) => ({ ...trial, reports: trial.reports!.map((value) => -value) }));

/** What every pruner promises, whatever its rule and whatever becomes of the trials. */
export function prunerContract(name: string, make: MakePruner): void {
  describe(`the pruner contract: ${name}`, () => {
    const asked = (trials: readonly Trial[], goal: Goal) =>
      make(goal).shouldPrune({ ...trials[0]!, state: 'running' }, [
        { ...trials[0]!, state: 'running' },
        ...trials.slice(1),
      ]);

    it('ends nothing that is alone', () => {
      fc.assert(
        fc.property(reports, (curve) => {
          const alone: Trial = {
            number: 0,
            parameters: {},
            state: 'running',
            value: null,
            reports: curve,
          };
          expect(make('maximize').shouldPrune(alone, [alone])).toBe(false);
        }),
      );
    });

    it('never ends the trial that is best after every epoch', () => {
      fc.assert(
        fc.property(histories, (trials) => {
          const best = { ...trials[0]!, reports: trials[0]!.reports!.map(() => 2) };
          expect(asked([best, ...trials.slice(1)], 'maximize')).toBe(false);
        }),
      );
    });

    it('says the same whatever the order of the trials, to maximise or to minimise the negative', () => {
      fc.assert(
        fc.property(histories, (trials) => {
          const verdict = asked(trials, 'maximize');
          expect(asked([trials[0]!, ...trials.slice(1).reverse()], 'maximize')).toBe(verdict);
          expect(asked(negated(trials), 'minimize')).toBe(verdict);
        }),
      );
    });

    it('takes no notice of trials that failed', () => {
      fc.assert(
        fc.property(histories, (trials) => {
          const failed: Trial = {
            number: 99,
            parameters: {},
            state: 'failed',
            value: null,
            reports: Array(20).fill(9) as number[],
          };
          expect(asked([...trials, failed], 'maximize')).toBe(asked(trials, 'maximize'));
        }),
      );
    });
  });
}
