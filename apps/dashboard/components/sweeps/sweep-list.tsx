'use client';

import { duration, fixed, signed } from '@thaw/base/browser';
import { Code, Progress, Table } from '@mantine/core';
import { listSweeps, type SweepSummary } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { TextLink } from '../shell/text-link.tsx';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { doneShare, trialProgress } from '../../shape/trial-progress.ts';

/** All sweeps, the newest first. */
export function SweepList() {
  const result = useApi(listSweeps, {}, { refetchInterval: 2000 });
  return (
    <>
      <PageTitle>Sweeps</PageTitle>
      <Fetched result={result}>
        {({ sweeps, damaged }) => (
          <>
            <DamagedRecords damaged={damaged} />
            {sweeps.length === 0 ? <NoSweeps /> : <SweepTable sweeps={sweeps} />}
          </>
        )}
      </Fetched>
    </>
  );
}

function NoSweeps() {
  return (
    <Notice title="There are no sweeps yet">
      To make one, run <Code>npx nx run sweep --config experiments/unfreeze.yaml</Code>. It shows up here as
      soon as it has begun.
    </Notice>
  );
}

function SweepTable({ sweeps }: { sweeps: readonly SweepSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={700} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table striped highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Sweep</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Trials</Table.Th>
            <Table.Th ta="right">Best val accuracy</Table.Th>
            <Table.Th ta="right">Its test accuracy</Table.Th>
            <Table.Th ta="right">Gap</Table.Th>
            <Table.Th ta="right">Time</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sweeps.map((sweep) => (
            <Table.Tr key={sweep.id}>
              <Table.Td>
                <TextLink href={`/sweeps/${encodeURIComponent(sweep.id)}`}>{sweep.id}</TextLink>
              </Table.Td>
              <Table.Td>
                <StateBadge state={sweep.state} />
              </Table.Td>
              <Table.Td>
                {trialProgress(sweep)}
                <Progress
                  size="xs"
                  mt={4}
                  value={100 * doneShare(sweep)}
                  aria-label={`Trials done of ${sweep.id}`}
                />
              </Table.Td>
              <Table.Td ta="right">{fixed(sweep.best?.val_accuracy, 4)}</Table.Td>
              <Table.Td ta="right">{fixed(sweep.best?.test_accuracy, 4)}</Table.Td>
              <Table.Td ta="right">{signed(sweep.best?.gap, 4)}</Table.Td>
              <Table.Td ta="right">{duration(sweep.seconds)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
