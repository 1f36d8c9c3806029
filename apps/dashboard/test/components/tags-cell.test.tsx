import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { onTestFinished, expect, it } from 'vitest';
import { drafts } from '../../client/drafts.ts';
import { TagsCell } from '../../components/runs-table/tags-cell.tsx';

it.each([
  [['paper', 'best'], 'Tags of r, not saved: paper, best'],
  [[], 'Tags of r, not saved: none'],
])('tags that are not saved yet are shown as such, with their field closed: %j', (draft, label) => {
  drafts.set('tags of r', draft);
  onTestFinished(() => drafts.set('tags of r', undefined));
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <TagsCell run="r" tags={['paper']} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(markup).toContain(`aria-label="${label}"`);
});
