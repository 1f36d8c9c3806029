import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { changedTrials } from '../store/sweep-trials.ts';
import { epochOf, newRun, newSweep, summaryOf } from './made-run.ts';

it('of a sweep only the trials that have changed since are told', async () => {
  const runsDir = mkdtempSync(join(tmpdir(), 'thaw-trials-'));
  try {
    const store = openStore(runsDir);
    const sweep = await store.createSweep(newSweep);
    const runs = [];
    for (const number of [0, 1]) {
      const run = await store.createRun(newRun({ sweep: sweep.id, number }));
      await sweep.addTrial({ number, run: run.id, parameters: {} });
      runs.push(run);
    }
    const index = store.index();
    const changed = async (since: number) => {
      index.expire();
      await index.refresh();
      return changedTrials(index, index.sweep(sweep.id)!, since).map(({ number, state }) => [number, state]);
    };
    expect(await changed(0)).toEqual([
      [0, 'running'],
      [1, 'running'],
    ]);
    const { version } = index;
    expect(await changed(version)).toEqual([]);
    await runs[1]!.finish(summaryOf(0.9, 0.5), ['A']);
    expect(await changed(version)).toEqual([[1, 'finished']]);
    await store.deleteRun(runs[1]!.id);
    expect(await changed(version)).toEqual([[1, 'failed']]);
    runs[0]!.logEpoch(epochOf(1));
    await runs[0]!.fail('ended');
    await sweep.finish('finished');
  } finally {
    rmSync(runsDir, { recursive: true });
  }
});
