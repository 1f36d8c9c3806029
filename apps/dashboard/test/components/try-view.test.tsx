import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { listModels } from '../../api/operations/models.ts';
import { TryView } from '../../components/try/try-view.tsx';

it('a model whose only version is damaged is told, and nothing is offered to be tried', () => {
  const queries = new QueryClient();
  queries.setQueryData([listModels.id, {}, {}], {
    models: [{ name: 'cells', moves: [], versions: [] }],
    damaged: [{ path: 'models/cells/1', reason: 'has no lineage.json' }],
  });
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={queries}>
        <TryView />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(markup).toContain('models/cells/1: has no lineage.json');
  expect(markup).toContain('No model can be read');
});
