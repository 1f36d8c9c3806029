import { readFileSync, truncateSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../src/index.ts';
import { epoch, newRun, newSweep, summary, temporaryFolder, tickingClock } from './support/fixtures.ts';

test('a store opens whatever a crash has left of what was being appended', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (share) => {
      const folder = temporaryFolder();
      const store = openStore(folder, tickingClock());
      const sweep = await store.createSweep(newSweep());
      for (const number of [0, 1, 2]) {
        await sweep.addTrial({ number, run: null, parameters: { a: number } });
        const run = await store.createRun({ ...newRun(number), sweep: sweep.id });
        await sweep.updateTrial(number, { run: run.id });
        run.logEpoch(epoch(1));
        run.logEpoch(epoch(2));
        await run.flush();
        if (number < 2) await run.finish(summary, ['a']);
        cut(join(run.folder, 'metrics.jsonl'), share);
      }
      const [journal] = (await readdir(sweep.folder)).filter((name) => name.startsWith('trials-'));
      cut(join(sweep.folder, journal!), share);

      const { runs, damaged } = await store.runs();
      expect(damaged).toEqual([]);
      for (const { id } of runs) {
        const epochs = await store.metrics(id);
        expect(epochs).toEqual([epoch(1), epoch(2)].slice(0, epochs.length));
      }
      const { trials } = await store.sweep(sweep.id);
      expect(trials.map(({ number, state }) => ({ number, state }))).toEqual([
        { number: 0, state: 'finished' },
        { number: 1, state: 'finished' },
        { number: 2, state: 'running' },
      ]);
    }),
    { numRuns: 30 },
  );
});

function cut(file: string, share: number): void {
  truncateSync(file, Math.floor(share * readFileSync(file).length));
}
