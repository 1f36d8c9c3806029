import { openTest, silent } from '@thaw/analysis';
import { readExperiment } from '@thaw/experiment';
import type { FileStore, SweepWriter } from '@thaw/tracking';
import { expect, test, vi } from 'vitest';
import type { OpenSweep } from '../src/begin/open-sweep.ts';
import { endSession } from '../src/session/end-session.ts';
import { trial } from './support/fixtures.ts';

vi.mock(import('@thaw/analysis'), async (original) => ({
  ...(await original()),
  recordForecast: vi.fn(),
  sealedChoice: vi.fn().mockResolvedValue({}),
  openTest: vi.fn(),
}));

const grid = 'parameters: {model.head_units: {values: [1, 2]}}';
const endless = 'method: random\nparameters: {training.learning_rate: {min: 0.1, max: 0.2}}';

test.each([
  ['that was stopped while its last trial ended', grid, true, 2, 1],
  ['that was stopped with trials left', grid, true, 1, 0],
  ['without end that was stopped', endless, true, 2, 0],
  ['without end whose session has ended', endless, false, 2, 1],
])('a sweep %s', async (_, text, stopped, trials, openings) => {
  vi.mocked(openTest).mockClear();
  const experiment = readExperiment(`test: best\n${text}`, 'test');
  const record = { trials: Array.from({ length: trials }, (_, i) => trial(i)), test: 'best' };
  const store = { sweep: () => Promise.resolve(record) } as unknown as FileStore;
  const writer = { id: 'sweep', finish: () => Promise.resolve() } as unknown as SweepWriter;
  const ready = { sweep: { experiment } as OpenSweep };
  await endSession(store, ready, writer, { runsDir: '/nowhere', stopped, listener: silent });
  expect(vi.mocked(openTest)).toHaveBeenCalledTimes(openings);
});
