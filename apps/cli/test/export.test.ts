import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, startRun } from '@thaw/tracking';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRuns } from '../src/export/export-runs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-export-'));
  for (const [name, rate] of [
    ['one, "two"', 0.1],
    ['three', 0.2],
  ] as const) {
    const run = await startRun({ name: 'loop', runsDir: folder, parameters: { note: name, rate } });
    run.log({ loss: 1, val_accuracy: 0.5, f1: 0.25 });
    run.log({ loss: Number.NaN, val_accuracy: 0.75, f1: 0.5 });
    await run.finish({ val_accuracy: 0.75, test_accuracy: 0.5 });
  }
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const options = () => ({
  ...{ runsDir: folder, run: null, sweep: null, where: null },
  output: join(folder, 'exported'),
});

describe('runs export', () => {
  it('writes a table that another CSV reader reads', async () => {
    await exportRuns({ ...options(), format: 'csv' });
    const rows = parse(await readFile(join(folder, 'exported'), 'utf8'), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.map(({ note, rate }) => [note, rate])).toEqual([
      ['one, "two"', '0.1'],
      ['three', '0.2'],
    ]);
    expect(rows[0]).toMatchObject({ state: 'finished', val_accuracy: '0.75', gap: '0.25', train_loss: '' });
  });

  it('writes only what an expression is true for', async () => {
    await exportRuns({ ...options(), format: 'json', where: 'rate > 0.15' });
    const runs = JSON.parse(await readFile(join(folder, 'exported'), 'utf8')) as object[];
    expect(runs).toMatchObject([{ parameters: { note: 'three' } }]);
    const none = exportRuns({ ...options(), format: 'json', where: 'rate > 1' });
    await expect(none).rejects.toThrow('there is no run for which this is true: rate > 1');
  });

  it('looks at the runs of the sweep alone, where one is named', async () => {
    const store = openStore(folder);
    const sweep = await store.createSweep({
      ...{ name: 'swept', experimentText: '', experimentFile: 'a.yaml', method: 'grid', engine: 'onnx' },
      ...{ metric: { name: 'val_accuracy', goal: 'maximize' }, parameters: {}, workers: 1 },
    });
    const parameters = { rate: 0.3 };
    const run = await store.createRun({
      ...{ sweep: sweep.id, number: 0, parameters, settings: null, provenance: null },
    });
    await run.interrupt();
    await sweep.addTrial({ number: 0, run: run.id, parameters });
    await sweep.updateTrial(0, { error: 'it was out of memory' });
    await sweep.finish('finished');
    const ofSweep = { ...options(), format: 'json' as const, sweep: sweep.id };
    await exportRuns({ ...ofSweep, where: 'rate > 0.15' });
    const runs = JSON.parse(await readFile(join(folder, 'exported'), 'utf8')) as object[];
    expect(runs).toMatchObject([{ run: run.id, state: 'failed', error: 'it was out of memory' }]);
    await expect(exportRuns({ ...ofSweep, where: 'rate < 0.15' })).rejects.toThrow(
      `there is no run of sweep ${sweep.id} for which this is true: rate < 0.15`,
    );
    await expect(exportRuns({ ...ofSweep, where: 'note = three' })).rejects.toThrow(/note/);
  });

  it('writes JSON with every epoch', async () => {
    await exportRuns({ ...options(), format: 'json', run: 'latest' });
    const [run, ...others] = JSON.parse(await readFile(join(folder, 'exported'), 'utf8')) as object[];
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      state: 'finished',
      metrics: [
        { epoch: 1, f1: 0.25 },
        { loss: null, f1: 0.5 },
      ],
    });
  });

  it('writes a folder of events for each run, and not over one that is there', async () => {
    await exportRuns({ ...options(), format: 'tensorboard' });
    const runs = await readdir(join(folder, 'exported'));
    expect(runs).toHaveLength(2);
    const [event, ...parts] = (await readdir(join(folder, 'exported', runs[0]!))).sort();
    expect(event).toMatch(/^events\.out\.tfevents\.\d+\.thaw$/);
    expect(parts).toEqual(['train', 'validation']);
    const again = exportRuns({ ...options(), format: 'tensorboard' });
    await expect(again).rejects.toThrow('which is there already');
    await expect(exportRuns({ ...options(), format: 'tensorboard', output: null })).rejects.toThrow(
      '--output DIR',
    );
  });
});
