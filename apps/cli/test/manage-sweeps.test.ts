import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { summary } from '@thaw/sweep/testing';
import { openStore, type FileStore, type SweepWriter } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteSweeps, restoreSweeps } from '../src/sweeps/delete-sweeps.ts';
import { listSweeps, type ListSweepsOptions } from '../src/sweeps/list-sweeps.ts';
import { purgeSweeps } from '../src/sweeps/purge-sweeps.ts';
import { showSweep } from '../src/sweeps/show-sweep.ts';
import { stopSweep } from '../src/sweeps/stop-sweep.ts';

let runsDir: string;
let store: FileStore;
let shown: string;
let told: string;
/** A sweep of two finished trials and a failed one, and one that runs. */
let ended: string;
let running: SweepWriter;

const newSweep = {
  experimentText: '',
  experimentFile: 'heads.yaml',
  method: 'grid',
  metric: { name: 'val_accuracy', goal: 'maximize' },
  parameters: { 'model.head_units': { values: [64, 128, 256] } },
  engine: 'onnx',
  workers: 1,
  planned: 3,
} as const;

beforeEach(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-sweeps-'));
  [shown, told] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((shown += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((told += String(text)), true));
  let now = Date.UTC(2026, 0, 1);
  store = openStore(runsDir, () => new Date((now += 1000)));
  const sweep = await store.createSweep({ ...newSweep, name: 'heads' });
  ended = sweep.id;
  for (const [number, accuracy] of [0.7, 0.9, null].entries()) {
    const parameters = { 'model.head_units': 64 * 2 ** number };
    await sweep.addTrial({ number, run: null, parameters });
    const run = await store.createRun({
      ...{ sweep: ended, name: 'heads', number, parameters, settings: null, provenance: null },
    });
    await sweep.updateTrial(number, { run: run.id });
    if (accuracy === null) await run.fail('out of memory');
    else await run.finish(summary(accuracy, 0.5), null);
  }
  await sweep.finish('finished');
  running = await store.createSweep({ ...newSweep, name: 'more' });
});

afterEach(async () => {
  await running.finish('interrupted');
  vi.restoreAllMocks();
  rmSync(runsDir, { recursive: true });
});

async function listed(changes: Partial<ListSweepsOptions> = {}): Promise<string> {
  shown = '';
  await listSweeps({ runsDir, limit: null, format: 'table', output: null, ...changes });
  return shown;
}

describe('sweeps list', () => {
  it('shows state, trials and the best of each, the newest first', async () => {
    const [head, first, second] = (await listed()).split('\n');
    expect(head).toMatch(/^sweep +state +trials +best +metric +value +time +age$/);
    expect(first).toMatch(new RegExp(`^${running.id} +running +0/3 +- +val_accuracy +- `));
    expect(second).toMatch(
      new RegExp(`^${ended} +finished +3/3, 1 failed +trial 1 +val_accuracy +0.9000 +\\d`),
    );
  });

  it('prints JSON and CSV, and writes the same to a file', async () => {
    const output = join(runsDir, 'sweeps.json');
    await listed({ format: 'json', output });
    expect(readFileSync(output, 'utf8')).toBe(shown);
    expect(JSON.parse(shown)).toMatchObject([
      { id: running.id, state: 'running', trials: {}, planned: 3, best: null, seconds: null },
      {
        ...{ id: ended, state: 'finished', trials: { finished: 2, failed: 1 }, planned: 3 },
        best: { trial: 1, value: 0.9, val_accuracy: 0.9, test_accuracy: 0.5 },
      },
    ]);
    const [names, row, ...rest] = (await listed({ format: 'csv', limit: 1 })).split('\r\n');
    expect(names).toMatch(/^id,name,state,method,metric,engine,created,finished,seconds,planned,trials,/);
    expect(row).toMatch(new RegExp(`^${running.id},more,running,grid,val_accuracy,onnx,2026-`));
    expect(rest).toEqual(['']);
    expect(told).toBe('1 of 2 sweeps are shown (--limit)\n');
  });

  it('says what to do where there are none', async () => {
    await listed({ runsDir: join(runsDir, 'none') });
    expect(shown).toMatch(/^There are no sweeps in .*none yet\. `npx nx run init` writes an experiment/);
  });
});

describe('sweeps show', () => {
  it('shows what it is, its trials, the best and how to go on', async () => {
    const output = join(runsDir, 'sweep.json');
    await showSweep({ runsDir, sweep: ended, output });
    expect(shown).toMatch(new RegExp(`^Sweep ${ended}: finished\nExperiment: heads \\(heads.yaml\\)\n`));
    expect(shown).toContain('Search: grid, to maximize val_accuracy, 3 trials\n');
    expect(shown).toMatch(/\n +\* 1 +128 +finished /);
    expect(shown).toContain('trial 2 failed: out of memory');
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ sweep: ended, best: 1 });
    await showSweep({ runsDir, sweep: 'latest', output: null });
    expect(shown).toMatch(/No trial has finished yet\.\n[^]*To stop it: npx nx run sweeps stop .*\n$/);
  });
});

describe('sweeps stop', () => {
  it('returns when the process of the sweep has heard', async () => {
    const heard = vi.fn();
    running.onStopRequest(heard);
    await stopSweep({ runsDir, sweep: 'latest' });
    expect(heard).toHaveBeenCalledOnce();
    expect(shown).toBe(`stopping: ${running.id}, after the running epoch of each trial\n`);
  });

  it('says so where nobody answers, and takes the request back', async () => {
    const stop = stopSweep({ runsDir, sweep: running.id, patienceMs: 300 });
    await expect(stop).rejects.toThrow(/did not answer within 0\.3 s, and goes on; it may run on another/);
    const heard = vi.fn();
    running.onStopRequest(heard);
    await new Promise((done) => setTimeout(done, 700));
    expect(heard).not.toHaveBeenCalled();
  });

  it('stops nothing that is over', async () => {
    await expect(stopSweep({ runsDir, sweep: ended })).rejects.toThrow(
      `sweep ${ended} is not running: it is finished`,
    );
  });
});

describe('sweeps delete', () => {
  const usual = { keepRuns: false, yes: true };
  const runs = async () => (await store.runs()).runs.length;

  it('deletes a sweep with its runs, and brings them back', async () => {
    const before = await store.sweep(ended);
    await deleteSweeps({ runsDir, sweeps: [ended.slice(0, -2)], ...usual });
    expect(shown).toBe(`deleted: ${ended}, with 3 runs\n`);
    expect(told).toContain(`To have it back: npx nx run sweeps delete --undo ${ended} --runs-dir`);
    expect([await listed({ format: 'csv' }), await runs()]).toEqual([expect.not.stringContaining(ended), 0]);
    await restoreSweeps({ runsDir, sweeps: [ended] });
    expect(shown).toMatch(`restored: ${ended}, with 3 runs\n`);
    expect(await store.sweep(ended)).toEqual(before);
  });

  it('leaves the runs where that was asked for', async () => {
    await deleteSweeps({ runsDir, sweeps: [ended], ...usual, keepRuns: true });
    expect(shown).toBe(`deleted: ${ended}, its runs stay\n`);
    expect(await runs()).toBe(3);
  });

  it('deletes nothing when one of the sweeps is running', async () => {
    const refused = deleteSweeps({ runsDir, sweeps: [ended, running.id], ...usual });
    const error = await refused.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('nothing was deleted. To stop it: npx nx run sweeps stop') as string,
    });
    expect(await store.sweep(ended)).toMatchObject({ id: ended });
  });

  it('deletes nothing where nobody can be asked', async () => {
    await expect(deleteSweeps({ runsDir, sweeps: [ended], ...usual, yes: false })).rejects.toThrow(
      `would delete this sweep with 3 runs: ${ended}; confirm with --yes`,
    );
    expect(await runs()).toBe(3);
  });

  it('removes for good what was deleted, and no more', async () => {
    await purgeSweeps({ runsDir, yes: true });
    expect(shown).toBe('there are no deleted sweeps\n');
    await deleteSweeps({ runsDir, sweeps: [ended], ...usual });
    await purgeSweeps({ runsDir, yes: true });
    expect(shown).toMatch(/removed for good: 1 deleted sweep with 3 runs, [\d.]+ K?B\n$/);
    await expect(restoreSweeps({ runsDir, sweeps: [ended] })).rejects.toThrow('there is no deleted sweep');
    expect(await store.sweep(running.id)).toMatchObject({ state: 'running' });
  });
});
