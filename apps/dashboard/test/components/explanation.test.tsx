import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { getGap } from '../../api/operations/results.ts';
import { Explanation } from '../../components/run/explanation.tsx';

it('leaves the forecast to the section of the page that has it', () => {
  const client = new QueryClient();
  const gap = { forecast: ['Forecast of trial 0'], explanation: ['The parts of the gap'], parts: [] };
  client.setQueryData([getGap.id, { run: 'r' }, {}], { gap, job: null, twins: [], test_twins: [] });
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <Explanation run="r" />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(markup).toContain('The parts of the gap');
  expect(markup).not.toContain('Forecast of');
});
