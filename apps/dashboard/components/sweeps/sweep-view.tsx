'use client';

import { Title } from '@mantine/core';
import { nameInSweepId } from '@thaw/tracking';
import dynamic from 'next/dynamic';
import { getSweep, type SweepSummary } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { useFresh } from '../../client/use-fresh.ts';
import { useSweepJob } from '../../client/use-sweep-job.ts';
import { hasNews, type SweepJob } from '../../shape/sweep-job.ts';
import { Trail } from '../names/trail.tsx';
import { RunsTable } from '../runs-table/runs-table.tsx';
import type { Forecast as ForecastView } from '../forecast/forecast.tsx';
import { Fetched } from '../states/fetched.tsx';
import { NotLoaded } from '../states/not-loaded.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Waiting } from '../states/waiting.tsx';
import { WhenSeen } from '../states/when-seen.tsx';
import { SweepJobPanel } from '../steering/sweep-job-panel.tsx';
import { SweepHead } from './sweep-head.tsx';
import { SweepPlots } from './sweep-plots.tsx';

/** With plotly.js, which nothing else of this page needs. */
const Forecast = dynamic<React.ComponentProps<typeof ForecastView>>(() =>
  import('../forecast/forecast.tsx').then(
    (module) => module.Forecast,
    () => () => <NotLoaded />,
  ),
);

/** A sweep that is at work changes every moment; one that was interrupted may be taken up again. */
function askAgain(sweep: SweepSummary | undefined): number {
  return sweep?.state === 'running' ? 1000 : 10_000;
}

/** One sweep: what runs now, how far it is, its runs in pictures and as a table. */
export function SweepView({ sweep: id }: { sweep: string }) {
  const jobResult = useSweepJob(id);
  const job = jobResult.data;
  // A sweep that has just been started is kept once its images were checked; until then it has a job alone.
  const isComing = job !== undefined && !job.recorded;
  const result = useApi(
    getSweep,
    { params: { sweep: id } },
    { refetchInterval: askAgain, enabled: !jobResult.isPending && !isComing },
  );
  return (
    <>
      <Trail pages={[{ href: '/sweeps', label: 'Sweeps' }]} here={nameInSweepId(id)} />
      <PageTitle id={id}>{result.data?.name ?? nameInSweepId(id)}</PageTitle>
      {jobResult.isPending ? (
        <Waiting room="100vh" />
      ) : isComing ? (
        <SweepJobPanel job={job} />
      ) : (
        <Fetched result={result} missing="There is no such sweep" room="100vh">
          {(sweep) => <Recorded sweep={sweep} job={job} />}
        </Fetched>
      )}
    </>
  );
}

interface Props {
  sweep: SweepSummary;
  /** Undefined where nobody can say. */
  job: SweepJob | undefined;
}

function Recorded({ sweep, job }: Props) {
  const chosen = sweep.test.forecast_of;
  useFresh({ sweep: sweep.id }, sweep.state);
  // What its test images say comes after the sweep's end.
  useFresh({ run: chosen?.run ?? '' }, chosen && JSON.stringify(sweep.test));
  return (
    <>
      <SweepHead sweep={sweep} />
      {job && hasNews(job) && <SweepJobPanel job={job} />}
      {chosen && <Forecast of={chosen} />}
      <SweepPlots sweep={sweep} />
      <Title order={2} size="h4" mb="sm">
        Runs
      </Title>
      <WhenSeen room="100vh">
        <RunsTable sweep={sweep} />
      </WhenSeen>
    </>
  );
}
