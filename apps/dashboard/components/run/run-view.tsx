'use client';

import { getRun } from '../../api/operations/runs.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { StateBadge } from '../states/state-badge.tsx';

/** Everything about one run. */
export function RunView({ run: id }: { run: string }) {
  const result = useApi(getRun, { params: { run: id } });
  return (
    <>
      <PageTitle>{id}</PageTitle>
      <Fetched result={result}>{(run) => <StateBadge state={run.state} />}</Fetched>
    </>
  );
}
