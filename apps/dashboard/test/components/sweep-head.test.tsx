import { MantineProvider } from '@mantine/core';
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { SweepSummary } from '../../api/operations/sweeps.ts';
import { SweepHead } from '../../components/sweeps/sweep-head.tsx';

const none = { running: 0, finished: 0, pruned: 0, failed: 0, interrupted: 0 };
const sweep: SweepSummary = {
  ...{ id: 's', name: 's', state: 'finished', method: 'grid', swept: [], seconds: 1, planned: 2 },
  ...{ created: '2026-11-30T12:00:00.000Z', trials: { ...none, finished: 2 }, best: null, leakage: null },
  metric: { name: 'f1', goal: 'maximize' },
  varies_validation: [],
  test: { mode: 'each', looks: [], forecast: [], forecast_of: null },
};

it.each([
  [sweep, 'There is no best trial: f1 is not a number for any finished trial.'],
  [{ ...sweep, trials: { ...none, failed: 2 } }, 'No trial finished.'],
  [{ ...sweep, state: 'running' as const, trials: none }, 'No trial has finished yet.'],
])('the page of a sweep without a best trial says why: %#', (each, sentence) => {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <SearchParamsContext value={new URLSearchParams()}>
        <SweepHead sweep={each} />
      </SearchParamsContext>
    </MantineProvider>,
  );
  expect(markup).toContain(sentence);
});
