import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ReadOnlyContext } from '../../client/read-only.ts';
import { JobButton } from '../../components/jobs/job-button.tsx';
import { PromoteButton } from '../../components/models/promote-button.tsx';
import { DeletedRun } from '../../components/run/deleted-run.tsx';
import { NoteCell } from '../../components/runs-table/note-cell.tsx';
import { TagsCell } from '../../components/runs-table/tags-cell.tsx';
import { ReadOnlyNotice } from '../../components/shell/read-only-notice.tsx';
import { SweepJobPanel } from '../../components/steering/sweep-job-panel.tsx';
import { growJob } from '../../shape/sweep-job.ts';

const request = { isPending: false, mutate: () => undefined };
const job = growJob(undefined, {
  sweep: 's',
  state: 'running',
  recorded: true,
  elsewhere: false,
  resumable: false,
  progress: null,
  error: null,
  wanted_workers: 1,
  queue: { waiting: 0, running: 1, finished: 0, failed: 0, interrupted: 0 },
  workers: [{ id: 'w', host: null, trial: 0, run: null, since: null, doing: null, stopping: false }],
  log: { cursor: 0, lines: [], missed: 0 },
  notes: [],
});

function buttons(node: ReactNode, isReadOnly: boolean): number {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ReadOnlyContext value={isReadOnly}>{node}</ReadOnlyContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return markup.split('<button').length - 1;
}

it.each([
  ['a job', <JobButton key="" isRunning={false} start={request} cancel={request} children="Start" />, 1],
  ['a promotion', <PromoteButton key="" />, 1],
  ['a deleted run', <DeletedRun key="" run="r" />, 1],
  ['a note', <NoteCell key="" run="r" note="n" />, 1],
  ['tags', <TagsCell key="" run="r" tags={['t']} />, 1],
  // End, Stop, Change, and the two that make the number of workers more and less.
  ['a sweep that runs', <SweepJobPanel key="" job={job} />, 5],
])('the buttons of %s are there, and not where nothing may be changed', (_, node, count) => {
  expect([buttons(node, false), buttons(node, true)]).toEqual([count, 0]);
});

it('one sentence says why', () => {
  const said = (isReadOnly: boolean) =>
    renderToStaticMarkup(
      <MantineProvider>
        <ReadOnlyContext value={isReadOnly}>
          <ReadOnlyNotice />
        </ReadOnlyContext>
      </MantineProvider>,
    );
  expect(said(true)).toContain('started with --read-only');
  expect(said(false)).not.toContain('read-only');
});
