import { MantineProvider } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ApiError } from '../../client/fetch-api.ts';
import { Fetched } from '../../components/states/fetched.tsx';

function shown(result: object): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <Fetched result={result as UseQueryResult<string>} missing="There is no such run">
        {(data) => data}
      </Fetched>
    </MantineProvider>,
  );
}

it('what is on its way says so to those who do not see it: a name needs a role', () => {
  expect(shown({ isPending: true })).toMatch(
    /<span[^>]*role="status"[^>]*aria-label="Loading"|<span[^>]*aria-label="Loading"[^>]*role="status"/,
  );
});

it.each([
  [undefined, 'the figures'],
  [new Error('no server answers'), 'the figures'],
  [new ApiError(503, 'too busy'), 'the figures'],
  [new ApiError(500, 'run.json is not JSON'), 'run.json is not JSON'],
  [new ApiError(404, 'gone'), 'There is no such run'],
])('figures that were shown, after %s', (error, text) => {
  expect(shown({ isPending: false, data: 'the figures', error })).toContain(text);
});
