'use client';

import { Code, Table } from '@mantine/core';
import { listRuns } from '../../api/operations/runs.ts';
import { useApi } from '../../client/use-api.ts';
import { formatFraction, formatSigned } from '../../shape/format.ts';
import { TextLink } from '../shell/text-link.tsx';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { StateBadge } from '../states/state-badge.tsx';

/** The runs of a sweep, or all. */
export function RunsTable({ sweep }: { sweep: string | null }) {
  const result = useApi(listRuns, { query: sweep === null ? {} : { sweep } }, { refetchInterval: 2000 });
  return (
    <Fetched result={result}>
      {({ runs, damaged }) => (
        <>
          <DamagedRecords damaged={damaged} />
          {runs.length === 0 ? (
            <Notice title="There are no runs yet">
              A sweep makes them: <Code>npx nx run sweep --config experiments/unfreeze.yaml</Code>
            </Notice>
          ) : (
            <Table.ScrollContainer minWidth={600} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table striped>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Run</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th ta="right">Val accuracy</Table.Th>
                    <Table.Th ta="right">Test accuracy</Table.Th>
                    <Table.Th ta="right">Gap</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {runs.map((run) => (
                    <Table.Tr key={run.id}>
                      <Table.Td>
                        <TextLink href={`/runs/${encodeURIComponent(run.id)}`}>{run.id}</TextLink>
                      </Table.Td>
                      <Table.Td>
                        <StateBadge state={run.state} />
                      </Table.Td>
                      <Table.Td ta="right">{formatFraction(run.summary?.val_accuracy)}</Table.Td>
                      <Table.Td ta="right">{formatFraction(run.summary?.test_accuracy)}</Table.Td>
                      <Table.Td ta="right">{formatSigned(run.summary?.gap)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </>
      )}
    </Fetched>
  );
}
