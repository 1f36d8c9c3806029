import { settingsSchema, type EpochRecord } from '@thaw/experiment';
import { afterEach, describe, expect, it } from 'vitest';
import type { Executor, Job, TrialEvent, TrialJob, TrialOutcome } from '../../src/executors/executor.ts';

/** A trial for `fake-trial-process.ts`, which does what its parameter `act` says. */
export function fakeJob(number: number, act: string): TrialJob {
  return {
    sweep: 'sweep',
    number,
    parameters: { act },
    settings: settingsSchema.parse({}),
    engine: 'onnx',
    device: 'cpu',
    sharedCores: false,
    runsDir: 'runs',
    cacheDir: 'runs/cache',
  };
}

const ignore = () => undefined;

/**
 * What every executor promises. `create` gives one with two workers, whose trials do what their parameter `act` says, as those of
 * `fake-trial-process.ts` do; `jobOf` makes one.
 */
export function executorContract<J extends Job>(
  name: string,
  create: () => Promise<Executor<J>>,
  jobOf: (number: number, act: string) => J,
): void {
  describe(`the executor contract: ${name}`, () => {
    let executor: Executor<J>;
    afterEach(async () => {
      executor.kill();
      await executor.close();
    });

    it('runs every trial once, no more at a time than it has workers, and hands over what they come to, NaN included', async () => {
      executor = await create();
      let running = 0;
      let most = 0;
      const runs = new Map<number, number>();
      const outcomes = await Promise.all(
        [0, 1, 2, 3, 4].map(async (number) => {
          const outcome = await executor.run(jobOf(number, 'finish'), ({ type }) => {
            if (type !== 'run') return;
            runs.set(number, (runs.get(number) ?? 0) + 1);
            most = Math.max(most, ++running);
          });
          running--;
          return outcome;
        }),
      );
      expect(outcomes.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'finished'));
      expect(outcomes[0]).toMatchObject({ summary: { train_loss: Number.NaN, val_accuracy: 0.5 } });
      expect([...runs.values()]).toEqual([1, 1, 1, 1, 1]);
      expect(most).toBeLessThanOrEqual(2);
    });

    it('names the run before it tells of anything else, and the worker with each event', async () => {
      executor = await create();
      const events: TrialEvent[] = [];
      const workers: number[] = [];
      await executor.run(jobOf(0, 'ask'), (event, worker) => {
        events.push(event);
        workers.push(worker);
      });
      expect(events[0]).toMatchObject({ type: 'run' });
      expect(workers.every((worker) => worker === 0 || worker === 1)).toBe(true);
    });

    it('asks a pruner, where there is one, and ends the trial where it says so', async () => {
      executor = await create();
      const low = (record: EpochRecord) => record.val_accuracy < 1;
      expect(await executor.run(jobOf(0, 'ask'), ignore, low)).toMatchObject({ state: 'pruned' });
      expect(await executor.run(jobOf(1, 'ask'), ignore, low)).toMatchObject({ state: 'finished' });
      expect(await executor.run(jobOf(2, 'ask'), ignore)).toMatchObject({ state: 'finished' });
    });

    it('fails a trial whose process dies, with the reason, and no other', async () => {
      executor = await create();
      const acts = ['kill', 'finish', 'exit', 'finish'];
      const outcomes = await Promise.all(acts.map((act, number) => executor.run(jobOf(number, act), ignore)));
      expect(outcomes.map(({ state }) => state)).toEqual(['failed', 'finished', 'failed', 'finished']);
      expect(outcomes[2]).toMatchObject({ error: 'the process ended with exit code 3' });
    });

    it('interrupts running and waiting trials when it is stopped, twice over, and begins no more', async () => {
      executor = await create();
      const outcomes: Promise<TrialOutcome>[] = [];
      await new Promise<void>((resolve) => {
        for (const number of [0, 1, 2]) outcomes.push(executor.run(jobOf(number, 'wait'), () => resolve()));
      });
      executor.stop();
      executor.stop();
      expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => ({ state: 'interrupted' })));
      expect(await executor.run(jobOf(3, 'finish'), ignore)).toEqual({ state: 'interrupted' });
    });

    it('interrupts one trial that is stopped, and no other', async () => {
      executor = await create();
      const outcomes: Promise<TrialOutcome>[] = [];
      await Promise.all(
        [0, 1].map(
          (number) =>
            new Promise<void>((resolve) => {
              outcomes.push(executor.run(jobOf(number, 'wait'), () => resolve()));
            }),
        ),
      );
      const { sweep } = jobOf(0, 'wait');
      for (const number of [9, 0]) executor.stopTrial({ sweep, number });
      expect(await Promise.race(outcomes)).toEqual({ state: 'interrupted' });
      const still = Symbol('still');
      expect(await Promise.race([outcomes[1], Promise.resolve(still)])).toBe(still);
      executor.stopTrial({ sweep, number: 1 });
      expect(await outcomes[1]).toEqual({ state: 'interrupted' });
    });

    it('interrupts trials that do not listen when it is killed', async () => {
      executor = await create();
      const outcomes: Promise<TrialOutcome>[] = [];
      await new Promise<void>((resolve) => {
        outcomes.push(executor.run(jobOf(0, 'hang'), () => resolve()));
      });
      executor.kill();
      expect(await Promise.all(outcomes)).toEqual([{ state: 'interrupted' }]);
    });
  });
}
