import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { onTestFinished, expect, it } from 'vitest';
import { drafts } from '../../client/drafts.ts';
import { NoteCell } from '../../components/runs-table/note-cell.tsx';

it('a note that is not saved yet is in its field again when its row is scrolled back into sight', () => {
  drafts.set('note of r', 'half a note');
  onTestFinished(() => drafts.set('note of r', undefined));
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <NoteCell run="r" note="before" />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(markup).toMatch(/<input[^>]*value="half a note"/);
});
