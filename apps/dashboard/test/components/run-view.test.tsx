import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { getResults, type ValidationResults } from '../../api/operations/results.ts';
import type { Run } from '../../api/operations/runs.ts';
import { RunView } from '../../components/run/run-view.tsx';

const run: Run = {
  ...{ id: 'r', sweep: null, number: 0, parameters: {}, settings: null, summary: null, classes: ['A'] },
  ...{ error: null, sealed: true, logged: null, provenance: null, seconds: 1, state: 'finished' },
  ...{ created: '2026-11-30T12:00:00.000Z', finished: '2026-11-30T12:00:01.000Z' },
};

const figures = { precision: 1, recall: 0.75, f1: 0.86, support: 4, recall_ci95: null, f1_ci95: null };
const validation: ValidationResults = {
  ...{ part: 'validation', sealed: true, validation_twins: null, metrics: [] },
  overall: { accuracy: 0.75, ci95: null, images: 4, groups: 4 },
  per_class: [{ class: 'A', groups: 4, ...figures }],
  grouping: { origin: 'unknown', unit: 'image', missing: 'nobody has looked' },
};

function shown(of: Run): string {
  const client = new QueryClient();
  client.setQueryData([getResults.id, { run: 'r' }, {}], { results: null, missing: '', validation });
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <SearchParamsContext value={new URLSearchParams()}>
          <RunView run="r" initial={of} />
        </SearchParamsContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it.each([
  ['finished', true],
  ['pruned', true],
  ['interrupted', false],
] as const)('the results and the report of a run that is %s are on its page: %s', (state, areThere) => {
  const markup = shown({ ...run, state });
  expect(markup.includes('Validation, per class')).toBe(areThere);
  expect(markup.includes('>Report<')).toBe(areThere);
});
