'use client';

import { Group } from '@mantine/core';
import { getSweep } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { trialProgress } from '../../shape/trial-progress.ts';
import { PromoteButton } from '../models/promote-button.tsx';
import { RunsTable } from '../runs-table/runs-table.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { SweepPlots } from './sweep-plots.tsx';

/** One sweep: how far it is, and its runs. */
export function SweepView({ sweep: id }: { sweep: string }) {
  const result = useApi(getSweep, { params: { sweep: id } }, { refetchInterval: 2000 });
  return (
    <>
      <PageTitle>{id}</PageTitle>
      <Fetched result={result}>
        {(sweep) => (
          <>
            <Group mb="md">
              <StateBadge state={sweep.state} />
              {trialProgress(sweep.trials)}
              {sweep.best && <PromoteButton source={{ sweep: sweep.id }} />}
            </Group>
            <SweepPlots sweep={sweep} />
            <RunsTable sweep={sweep.id} />
          </>
        )}
      </Fetched>
    </>
  );
}
