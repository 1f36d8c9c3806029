import { Button, Table } from '@mantine/core';
import type { Steer } from '../../client/use-sweep-job.ts';
import type { SweepJob } from '../../shape/sweep-job.ts';
import { minuteText } from '../../shape/minute-text.ts';
import { TextLink } from '../shell/text-link.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

interface Props {
  workers: SweepJob['workers'];
  /** Null where nothing may be ended. */
  endTrial: Steer['endTrial'] | null;
}

/** The trials that run, a worker each. */
export function WorkerTable({ workers, endTrial }: Props) {
  if (workers.length === 0) return null;
  return (
    <ScrollRegion label="Workers">
      <Table fz="sm" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Trial</Table.Th>
            {endTrial && <Table.Th>End</Table.Th>}
            <Table.Th>Doing</Table.Th>
            <Table.Th>On</Table.Th>
            <Table.Th>Since</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workers.map(({ id, trial, run, doing, host, since, stopping }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {run === null ? (
                  trial
                ) : (
                  <TextLink href={`/runs/${encodeURIComponent(run)}`}>{trial}</TextLink>
                )}
              </Table.Td>
              {endTrial && (
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${stopping ? 'Ending' : 'End'} trial ${trial}`}
                    aria-disabled={stopping || endTrial.isPending}
                    onClick={() => {
                      if (!stopping && !endTrial.isPending) endTrial.mutate(trial);
                    }}
                  >
                    {stopping ? 'Ending' : 'End'}
                  </Button>
                </Table.Td>
              )}
              <Table.Td>{doing ?? '-'}</Table.Td>
              <Table.Td>{host ?? 'this machine'}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{since === null ? '-' : minuteText(since)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
