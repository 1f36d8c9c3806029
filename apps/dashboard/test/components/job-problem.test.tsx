import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { JobDocument } from '../../api/operations/jobs.ts';
import { JobProblem } from '../../components/jobs/job-problem.tsx';

const none = { error: null };
const failed = (message: string) => ({ error: new Error(message) });
const job = (state: 'running' | 'failed', error: string | null) => ({ state, error }) as JobDocument;

it.each([
  [
    'a job that could not be ended',
    job('running', null),
    none,
    failed('no server'),
    /Not cancelled.*no server/,
  ],
  ['one that did not begin', null, failed('busy'), none, /Not drawn.*busy/],
  ['one that failed', job('failed', 'broken'), none, none, /Not drawn.*broken/],
  // It ended by itself.
  [
    'one that has ended, though it could not be ended',
    job('failed', null),
    none,
    failed('late'),
    /^(?!.*late)/,
  ],
])('what is wrong with %s is shown', (_, of, start, cancel, text) => {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <JobProblem job={of} start={start} cancel={cancel} title="Not drawn" />
    </MantineProvider>,
  );
  expect(markup.replaceAll('\n', ' ')).toMatch(text);
});
