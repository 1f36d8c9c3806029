import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32c, eventFile, openStore, runScalars, startRun } from '@thaw/tracking';
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
    expect(await readdir(join(folder, 'exported'))).toHaveLength(2);
    const again = exportRuns({ ...options(), format: 'tensorboard' });
    await expect(again).rejects.toThrow('which is there already');
    await expect(exportRuns({ ...options(), format: 'tensorboard', output: null })).rejects.toThrow(
      '--output DIR',
    );
  });
});

describe('an event file', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['', 0],
    ['\0'.repeat(32), 0x8a9136aa],
  ])('has the CRC-32C of RFC 3720: %j', (text, crc) => {
    expect(crc32c(Buffer.from(text, 'latin1'))).toBe(crc);
  });

  it('is, byte for byte, what TensorBoard itself would write', () => {
    const file = eventFile([{ tag: 'loss', step: 3, value: 0.5, wallTime: 2 }], 1);
    // tensorboard 2.21's Event messages (wall_time 1, file_version 'brain.Event:2'; wall_time 2, step 3, summary) and masked_crc32c.
    expect(Buffer.from(file).toString('hex')).toBe(
      '1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a1a00000000000000129bd82d09000000000000004010032a0d0a0b0a046c6f7373150000003fbac36b94',
    );
  });
});

it('has the epochs of each fold under a tag of its own, counted within the fold', async () => {
  const run = await openStore(folder).run('latest');
  const epoch = (fold: number, fold_epoch: number, val_loss: number) => {
    const figures = { loss: Number.NaN, accuracy: Number.NaN, val_accuracy: Number.NaN, seconds: 1 };
    return {
      epoch: 10 * fold + fold_epoch,
      ...figures,
      val_loss,
      images_per_second: Number.NaN,
      fold,
      fold_epoch,
    };
  };
  const scalars = runScalars({ run, epochs: [epoch(1, 1, 3), epoch(1, 2, 2), epoch(2, 1, 4)] });
  const losses = scalars.filter(({ tag }) => tag.startsWith('val_loss'));
  expect(losses.map(({ tag, step, value }) => [tag, step, value])).toEqual([
    ['val_loss/fold-1', 1, 3],
    ['val_loss/fold-1', 2, 2],
    ['val_loss/fold-2', 1, 4],
  ]);
});
