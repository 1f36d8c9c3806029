import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError, type ErrorKind } from '@thaw/base';
import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import type { ImportedRun, RunStore, RunWriter } from '../../src/index.ts';
import { beginTrial, epoch, newRun, newSweep, summary, tickingClock } from './fixtures-data.ts';

/** Opens an empty store, which asks the clock what time it is. */
export type OpenRunStore = (clock: () => Date) => RunStore;

const { parameters } = newRun(0);

/** What every store of runs and sweeps promises to one process; what becomes of others, and of files, is a store's own. */
export function runStoreContract(name: string, openEmpty: OpenRunStore): void {
  const open = () => openEmpty(tickingClock());

  describe(`the contract of run stores: ${name}`, () => {
    describe('runs', () => {
      it('reads a run back as it was written', async () => {
        const store = open();
        const run = await store.createRun({ ...newRun(3), name: 'unfreeze' });
        expect(run.id).toMatch(/^20261123-0615\d\d-unfreeze-003-[a-z0-9]{4}$/);
        expect(await store.run(run.id)).toMatchObject({ state: 'running', summary: null, finished: null });
        run.logEpoch(epoch(1));
        run.logEpoch(epoch(2));
        const usage = { seconds: 1, cores: 1.5, memory_bytes: 2e8 };
        run.logUsage(usage);
        run.log('reading images');
        await run.addProvenance({ weights_sha256: 'abc', data: { train: 10, skipped: ['x.jpeg'] } });
        await run.finish(summary, ['EOSINOPHIL', 'LYMPHOCYTE']);

        const record = await store.run(run.id);
        expect(record).toMatchObject({
          ...newRun(3),
          id: run.id,
          state: 'finished',
          error: null,
          imported: null,
          summary,
          classes: ['EOSINOPHIL', 'LYMPHOCYTE'],
        });
        expect(record.provenance).toMatchObject({
          weights_sha256: 'abc',
          data: { skipped: ['x.jpeg'] },
          cores: 2,
        });
        const elapsed = Date.parse(record.finished!) - Date.parse(record.created);
        expect(record.seconds).toBe(elapsed / 1000);
        expect(elapsed).toBeGreaterThan(0);
        expect(await store.metrics(run.id)).toEqual([epoch(1), epoch(2)]);
        expect(await store.usage(run.id)).toEqual([usage]);
        expect(await store.runs()).toEqual({ runs: [record], damaged: [] });
        expect(await store.rows([record])).toMatchObject([
          { id: run.id, state: 'finished', 'model.head_units': 64, val_accuracy: 0.9, archived: false },
        ]);
      });

      it('ends a run once: what comes after the first end changes nothing', async () => {
        const store = open();
        const run = await store.createRun(newRun(0));
        await Promise.all([run.fail('the loss is NaN in epoch 2'), run.interrupt(), run.finish(summary, [])]);
        await run.interrupt();
        expect(await store.usage(run.id)).toEqual([]);
        expect(await store.run(run.id)).toMatchObject({
          state: 'failed',
          error: 'the loss is NaN in epoch 2',
        });
        expect(() => {
          run.logEpoch(epoch(1));
        }).toThrow('has ended');
        await expect(run.addProvenance({})).rejects.toThrow('has ended');
      });

      it.each<[string, (run: RunWriter) => Promise<void>, object]>([
        ['interrupted', (run) => run.interrupt(), { summary: null, error: null }],
        ['failed', (run) => run.fail('out of memory'), { summary: null, error: 'out of memory' }],
        ['pruned', (run) => run.prune(summary, ['A']), { summary, classes: ['A'] }],
      ])('keeps the epochs of a run that is %s', async (state, end, expected) => {
        const store = open();
        const run = await store.createRun(newRun(0));
        run.logEpoch(epoch(1));
        await end(run);
        expect(await store.run('latest')).toMatchObject({ state, ...expected });
        expect(await store.metrics('latest')).toEqual([epoch(1)]);
      });

      it('keeps which images belong together, from the writer or found out since, the last word counting', async () => {
        const store = open();
        const run = await store.createRun(newRun(0));
        expect(await store.groups(run.id)).toBeNull();
        const image = { path: 'TRAIN/A/1.png', split: 'train' as const, class: 'A', group: 'patient 7' };
        await run.writeGroups({ origin: 'named', images: [image] });
        await run.finish(summary, ['A']);
        expect(await store.groups('latest')).toEqual({ origin: 'named', images: [image] });
        await store.keepGroups('latest', { origin: 'detected', images: [] });
        expect(await store.groups(run.id)).toEqual({ origin: 'detected', images: [] });
        await expect(store.groups('none')).rejects.toThrow(UserError);
      });

      it('gives metrics back as they were logged, with NaN for what is not finite', async () => {
        const store = open();
        const names = Object.keys(epoch(1)) as (keyof EpochRecord)[];
        const anyEpoch = fc.record(Object.fromEntries(names.map((name) => [name, fc.double()])));
        const survives = (value: number) => (Number.isFinite(value) ? value + 0 : Number.NaN);
        await fc.assert(
          fc.asyncProperty(fc.array(anyEpoch), async (epochs) => {
            const run = await store.createRun(newRun(0));
            for (const record of epochs) run.logEpoch(record as unknown as EpochRecord);
            await run.flush();
            const expected = epochs.map((record) =>
              Object.fromEntries(Object.entries(record).map(([name, value]) => [name, survives(value)])),
            );
            expect(await store.metrics(run.id)).toEqual(expected);
            await run.interrupt();
          }),
          { numRuns: 50 },
        );
      });

      it('gives predictions back to the last digit, and refuses those of a run that has none', async () => {
        const store = open();
        const run = await store.createRun(newRun(0));
        const rows: PredictionRow[] = [
          {
            file: 'TEST/A/ä "1".jpeg',
            label: 'A',
            predicted: 'B',
            probabilities: [0.1 + 0.2, 1e-30, Number.NaN],
          },
          { file: 'TEST/B/2.jpeg', label: 'B', predicted: 'B', probabilities: [] },
        ];
        await run.writePredictions('test', rows);
        expect(await store.predictions(run.id, 'test')).toEqual(rows);
        await expectRefusal(
          store.predictions(run.id, 'validation'),
          'not-found',
          'no predictions for validation',
        );
        await run.interrupt();
      });

      it('keeps with a run which of its images belong together, and what is found out later instead', async () => {
        const store = open();
        const run = await store.createRun(newRun(0));
        expect(await store.groups(run.id)).toBeNull();
        const image = { path: 'TRAIN/A/ä "1".png', split: 'train', class: 'A', group: '__proto__' } as const;
        await run.writeGroups({ origin: 'named', images: [image] });
        await run.finish(summary, ['A']);
        expect(await store.groups(run.id)).toEqual({ origin: 'named', images: [image] });
        await store.keepGroups(run.id, { origin: 'detected', images: [] });
        expect(await store.groups('latest')).toEqual({ origin: 'detected', images: [] });
      });

      it('makes a finished run of what another program found', async () => {
        const store = open();
        const imported: ImportedRun = {
          name: 'theirs',
          file: 'results.json',
          program: 'keras',
          reports: { validation: null, test: null },
          parameters: { optimizer: 'adam' },
          classes: ['A', 'B'],
          summary,
          epochs: [epoch(1)],
          predictions: {
            validation: null,
            test: [{ file: 'a.png', label: 'A', predicted: 'A', probabilities: [0.9, 0.1] }],
          },
        };
        const { id } = await store.importRun(imported);
        expect(await store.run(id)).toMatchObject({
          state: 'finished',
          summary,
          settings: null,
          imported: { file: 'results.json', program: 'keras' },
        });
        expect(await store.metrics(id)).toEqual([epoch(1)]);
        expect(await store.predictions(id, 'test')).toEqual(imported.predictions.test);
      });
    });

    describe('queries', () => {
      it('find a run by its id, a beginning of it, or as the latest', async () => {
        const store = open();
        const [first, second] = [await store.createRun(newRun(0)), await store.createRun(newRun(1))];
        for (const query of [first.id, first.id.slice(0, -1)]) {
          expect((await store.run(query)).id).toBe(first.id);
        }
        expect((await store.run('latest')).id).toBe(second.id);
        expect((await store.runs()).runs.map(({ number }) => number)).toEqual([0, 1]);
        await Promise.all([first.interrupt(), second.interrupt()]);
      });

      it('are mistakes of the user where they fit nothing, or more than one', async () => {
        const store = open();
        for (const query of ['latest', '2026']) {
          await expectRefusal(store.run(query), 'not-found');
          await expectRefusal(store.sweep(query), 'not-found');
        }
        const runs = [await store.createRun(newRun(0)), await store.createRun(newRun(1))];
        for (const [query, kind] of [
          ['2026', 'invalid'],
          ['', 'not-found'],
          ['x', 'not-found'],
          ['../..', 'not-found'],
        ] as const) {
          await expectRefusal(store.run(query), kind);
          await expectRefusal(store.metrics(query), kind);
          await expectRefusal(store.deleteRun(query), kind);
        }
        await Promise.all(runs.map((run) => run.interrupt()));
      });
    });

    describe('what is said and done of runs', () => {
      it('changes annotations one by one, and shows them in rows', async () => {
        const store = open();
        const record = await ended(store);
        await store.annotate(record.id, { note: 'look again', tags: ['paper', 'paper'] });
        const all = { note: 'look again', tags: ['paper'], archived: true };
        expect(await store.annotate(record.id, { archived: true })).toEqual(all);
        expect(await store.rows([record])).toMatchObject([all]);
        await expectRefusal(store.annotate(record.id, { tags: ['x'.repeat(61)] }), 'invalid');
        await expectRefusal(store.annotate(record.id, { note: 'no', noteWas: '' }), 'conflict', 'look again');
        expect(await store.rows([record])).toMatchObject([all]);
      });

      it('keeps every tag of those who add and remove at once', async () => {
        const store = open();
        const { id } = await ended(store);
        await store.annotate(id, { tags: ['old', 'kept'] });
        const names = Array.from({ length: 8 }, (_, i) => `tag ${i}`);
        await Promise.all([
          ...names.map((name) => store.annotate(id, { addTags: [name] })),
          store.annotate(id, { removeTags: ['old', 'never there'] }),
        ]);
        const { tags } = await store.annotate(id, { note: 'new', noteWas: '' });
        expect([...tags].sort()).toEqual(['kept', ...names]);
      });

      it('deletes a run so that it can be had back, until it is purged', async () => {
        const store = open();
        const { id } = await ended(store);
        expect(await store.deleteRun('latest')).toBe(id);
        expect(await store.runs()).toEqual({ runs: [], damaged: [] });
        await expectRefusal(store.run(id), 'deleted');
        expect((await store.deletedRuns()).map((run) => run.id)).toEqual([id]);
        await store.restoreRun(id);
        expect(await store.run('latest')).toMatchObject({ id, state: 'finished', summary });
        await expectRefusal(store.restoreRun(id), 'not-found');
        await store.deleteRun(id);
        await store.purgeRuns([id]);
        expect(await store.deletedRuns()).toEqual([]);
        await expectRefusal(store.restoreRun(id), 'not-found');
      });

      it('does not delete a run that is running', async () => {
        const store = open();
        const run = await store.createRun(newRun(0));
        await expectRefusal(store.deleteRun(run.id), 'conflict', 'still running');
        expect((await store.run(run.id)).state).toBe('running');
        await run.interrupt();
      });
    });

    describe('a sealed test set', () => {
      const forecast = {
        ...{
          trial: 0,
          trials: 1,
          accuracy: 0.5,
          ci95: [0.4, 0.6] as const,
          groups: 30,
          uncorrected: 0.5,
          early_stopping: true,
        },
        ...{ per_class: [], unit: 'photograph' as const, method: 'm', missing: null },
        at: '2026-11-23T06:15:30.000Z',
      };
      const opening = {
        ...{ at: '2026-11-23T07:00:00.000Z', why: 'asked' as const, trial: 0, run: 'r' },
        ...{ metric: 'val_accuracy', value: 0.9, trials: 1, forecast, looks_elsewhere: 0 },
      };

      it('is opened by what was predicted of it, with its figures', async () => {
        const store = open();
        const run = await store.createRun({ ...newRun(0), sealed: true });
        const sealed = { ...summary, test_accuracy: Number.NaN, test_loss: Number.NaN, gap: Number.NaN };
        await run.finish(sealed, ['A']);
        expect(await store.run(run.id)).toMatchObject({ sealed: true, summary: sealed });
        await expect(store.predictions(run.id, 'test')).rejects.toThrow(UserError);
        const rows = [{ file: 'TEST/A/1.png', label: 'A', predicted: 'A', probabilities: [1] }];
        const figures = { test_accuracy: 0.75, test_loss: 0.5, gap: 0.15 };
        await store.unseal(run.id, rows, figures);
        expect(await store.predictions(run.id, 'test')).toEqual(rows);
        const after = await store.run(run.id);
        expect(after).toMatchObject({ sealed: false, state: 'finished', summary: { ...sealed, ...figures } });
      });

      it('has its looks and its forecast in the record of its sweep, once that has ended, also when it goes on', async () => {
        const store = open();
        const sweep = await store.createSweep({ ...newSweep(), test: 'sealed' });
        await expect(store.keepForecast(sweep.id, forecast)).rejects.toThrow('is still running');
        await expect(store.noteOpening(sweep.id, opening)).rejects.toThrow('is still running');
        await sweep.finish('finished');
        expect(await store.sweep(sweep.id)).toMatchObject({ test: 'sealed', openings: [], forecast: null });
        await store.keepForecast(sweep.id, forecast);
        await store.noteOpening(sweep.id, opening);
        const next = await store.resumeSweep(sweep.id);
        await next.finish('finished');
        await store.noteOpening(sweep.id, { ...opening, trial: 1, forecast: null });
        const later = { ...forecast, trial: 1 };
        await store.keepForecast(sweep.id, later);
        const { openings, forecast: kept } = await store.sweep(sweep.id);
        expect(openings).toEqual([opening, { ...opening, trial: 1, forecast: null }]);
        expect(kept).toEqual(later);
      });
    });

    describe('sweeps', () => {
      it('keeps what a sweep was begun with and what was found', async () => {
        const store = open();
        const sweep = await store.createSweep({
          ...newSweep(),
          set: ['training.epochs=2'],
          directory: '/work',
        });
        expect(sweep.id).toMatch(/^20261123-0615\d\d-unfreeze-[a-z0-9]{4}$/);
        expect((await store.sweep(sweep.id)).leakage).toBeNull();
        expect(await store.sweepImages(sweep.id)).toBeNull();
        const image = { name: 'TRAIN/a/1.png', class: 'a', sha256: 'f0' };
        const images = [
          { parameters: { 'split.seed': 1 }, fingerprint: '1', images: [image] },
          { parameters: { 'split.seed': 2 }, fingerprint: '2', images: [image] },
        ];
        await sweep.setImages(images);
        expect(await store.sweepImages(sweep.id)).toEqual(images);
        await sweep.setTestSets(['ab']);
        await sweep.setLeakage([]);
        await sweep.finish('finished');
        await sweep.finish('interrupted');
        const record = await store.sweep('latest');
        expect(record).toMatchObject({
          test_sets: ['ab'],
          id: sweep.id,
          name: 'unfreeze',
          state: 'finished',
          experiment_file: 'unfreeze.yaml',
          set: ['training.epochs=2'],
          directory: '/work',
          parameters: newSweep().parameters,
          leakage: [],
          trials: [],
        });
        expect(record.seconds).toBeGreaterThan(0);
        expect(await store.sweeps()).toEqual({ sweeps: [record], damaged: [] });
      });

      it('tells a trial as its run tells it', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        const runs = [];
        for (const number of [0, 1, 2, 3]) runs.push(await beginTrial(store, sweep, number));
        await runs[0]!.finish(summary, ['A']);
        await runs[1]!.fail('the loss is NaN in epoch 1');
        await runs[2]!.interrupt();
        const { trials, state } = await store.sweep(sweep.id);
        expect(state).toBe('running');
        expect(trials.map((trial) => trial.state)).toEqual(['finished', 'failed', 'interrupted', 'running']);
        expect(trials[0]).toEqual({
          number: 0,
          run: runs[0]!.id,
          parameters,
          state: 'finished',
          seconds: (await store.run(runs[0]!.id)).seconds,
          error: null,
          attempts: [],
          summary,
        });
        expect(trials[1]).toMatchObject({ error: 'the loss is NaN in epoch 1', summary: null });
        expect((await store.sweeps()).sweeps).toEqual([await store.sweep('latest')]);
        await runs[3]!.interrupt();
        await sweep.finish('interrupted');
      });

      it('says why a trial without a run failed, and which attempts came before', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        const attempts = [{ run: null, error: 'the worker went away' }];
        await sweep.addTrial({ number: 0, run: null, parameters });
        await sweep.updateTrial(0, { attempts });
        await sweep.updateTrial(0, { error: 'the process did not start' });
        const expected = { state: 'failed', run: null, error: 'the process did not start', attempts };
        expect((await store.sweep(sweep.id)).trials).toMatchObject([expected]);
        await sweep.finish('failed');
        expect(await store.sweep(sweep.id)).toMatchObject({ state: 'failed', trials: [expected] });
      });

      it('lists trials by number, whatever the order they were added in', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        await Promise.all([2, 0, 1].map((number) => sweep.addTrial({ number, run: null, parameters })));
        expect((await store.sweep(sweep.id)).trials.map(({ number }) => number)).toEqual([0, 1, 2]);
        await expect(sweep.addTrial({ number: 1, run: null, parameters })).rejects.toThrow(
          'has a trial 1 already',
        );
        await expect(sweep.updateTrial(7, { error: 'x' })).rejects.toThrow('has no trial 7');
        await sweep.finish('finished');
        await expect(sweep.addTrial({ number: 3, run: null, parameters })).rejects.toThrow('has ended');
      });

      it('resumes a sweep with all it had; trials that had no run stay interrupted', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        await (await beginTrial(store, sweep, 0)).finish(summary, ['A']);
        await sweep.addTrial({ number: 1, run: null, parameters });
        await sweep.finish('interrupted');
        const before = (await store.sweep(sweep.id)).seconds!;
        const resumed = await store.resumeSweep('latest');
        expect(resumed.id).toBe(sweep.id);
        await resumed.addTrial({ number: 2, run: null, parameters });
        const { state, trials } = await store.sweep(sweep.id);
        expect(state).toBe('running');
        expect(trials.map((trial) => trial.state)).toEqual(['finished', 'interrupted', 'running']);
        await resumed.finish('finished');
        expect((await store.sweep(sweep.id)).seconds).toBeGreaterThan(before);
      });

      it('resumes no sweep that runs, and one that ended only once', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        await expectRefusal(store.resumeSweep(sweep.id), 'conflict', 'still running');
        await sweep.finish('interrupted');
        const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => store.resumeSweep(sweep.id)));
        const resumed = attempts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
        expect(resumed).toHaveLength(1);
        await resumed[0]!.finish('interrupted');
      });

      it('tells who runs a sweep that somebody wants it to stop, once', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        const heard = new Promise<void>((resolve) => sweep.onStopRequest(resolve));
        const request = await store.requestStop('latest');
        expect(request.id).toBe(sweep.id);
        await heard;
        await expect.poll(() => request.isHeard()).toBe(true);
        await sweep.finish('interrupted');
        await expectRefusal(store.requestStop(sweep.id), 'conflict', 'it is interrupted');
      });

      it('does not stop a later session because an earlier one was asked to', async () => {
        const store = open();
        const sweep = await store.createSweep(newSweep());
        const request = await store.requestStop(sweep.id);
        expect(await request.isHeard()).toBe(false);
        await request.withdraw();
        await store.requestStop(sweep.id);
        await sweep.finish('interrupted');
        const resumed = await store.resumeSweep(sweep.id);
        expect(await request.isHeard()).toBe(true);
        await resumed.finish('interrupted');
      });

      it('deletes a sweep with its runs, or without, so that all can be had back until it is purged', async () => {
        const store = open();
        const other = await ended(store);
        const sweep = await store.createSweep(newSweep());
        const run = await beginTrial(store, sweep, 0);
        await expectRefusal(store.deleteSweep(sweep.id, { runs: true }), 'conflict', 'still running');
        await run.finish(summary, ['A']);
        await sweep.finish('finished');
        const before = [await store.sweeps(), await store.runs()];

        expect(await store.deleteSweep('latest', { runs: true })).toMatchObject({
          id: sweep.id,
          runs: [run.id],
        });
        expect(await store.sweeps()).toEqual({ sweeps: [], damaged: [] });
        expect((await store.runs()).runs).toEqual([other]);
        await expectRefusal(store.sweep(sweep.id), 'deleted');
        expect(await store.deletedSweeps()).toMatchObject([{ id: sweep.id, runs: [run.id] }]);
        expect(await store.restoreSweep(sweep.id)).toEqual([run.id]);
        expect([await store.sweeps(), await store.runs()]).toEqual(before);
        await expectRefusal(store.restoreSweep(sweep.id), 'not-found');

        await store.deleteSweep(sweep.id, { runs: false });
        expect((await store.runs()).runs).toHaveLength(2);
        expect(await store.restoreSweep(sweep.id)).toEqual([]);
        await store.deleteSweep(sweep.id, { runs: true });
        await store.purgeSweeps([sweep.id]);
        expect([await store.deletedSweeps(), await store.deletedRuns()]).toEqual([[], []]);
        await expectRefusal(store.restoreSweep(sweep.id), 'not-found');
        expect((await store.runs()).runs).toEqual([other]);
      });
    });
  });
}

/** Expects a mistake of the user's, of a kind. */
async function expectRefusal(answer: Promise<unknown>, kind: ErrorKind, message = ''): Promise<void> {
  const error: unknown = await answer.then(() => 'no error').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ kind, message: expect.stringContaining(message) as string });
}

/** The record of a run that has finished. */
async function ended(store: RunStore) {
  const run = await store.createRun(newRun(0));
  await run.finish(summary, ['A']);
  return store.run(run.id);
}
