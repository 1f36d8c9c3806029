import { MantineProvider } from '@mantine/core';
import type { CompareDocument } from '@thaw/analysis/recorded';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { compareRunsOperation } from '../../api/operations/comparison.ts';
import { Significance } from '../../components/compare/significance.tsx';

it('sealed runs have their verdict on validation images, and nothing is said of a test set', () => {
  const figures = { difference: 0.25, ci95: null, p: 0.01, p_corrected: 0.01, sentence: '' };
  const comparison = { part: 'validation', a: 'a', b: 'b', ...figures, test: 'sign flips' } as const;
  const document: CompareDocument = {
    ...{ runs: [], images: 0, groups: null, validation: { images: 8, groups: 4 }, pairs: [], notes: [] },
    grouping: { origin: 'named', unit: 'group', missing: null },
    comparisons: [{ ...comparison, verdict: 'real', real: true }],
  };
  const client = new QueryClient();
  client.setQueryData([compareRunsOperation.id, {}, { run: ['a', 'b'] }], document);
  const shown = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <Significance runs={['a', 'b']} names={['Trial 0', 'Trial 1']} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(shown).toMatch(/<td[^>]*>real<\/td>/);
  expect(shown).toContain('On validation images Trial 0 is better than Trial 1 by 25.0 points');
  expect(shown).not.toContain('test set');
});
