import { metricDifference, metricFigures, metricWords } from '@thaw/base/browser';
import { Table } from '@mantine/core';
import type { Results } from '../../api/operations/results.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';

type Metric = Pick<Results['metrics'][number], 'metric' | 'validation'> & Partial<Results['metrics'][number]>;

/** The metrics beside accuracy on both parts, or on one alone, with their intervals. */
export function MetricsTable({
  metrics,
  part = 'validation',
}: {
  metrics: readonly Metric[];
  part?: string;
}) {
  const isTested = metrics.some(({ test }) => test !== undefined);
  const parts = isTested ? ['validation', 'test', 'gap'] : [part];
  return (
    <ScrollRegion label="Metrics">
      <Table withTableBorder w="auto" style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>metric</Table.Th>
            {parts.flatMap((part) => [
              <Table.Th key={part}>{part}</Table.Th>,
              <Table.Th key={`${part} interval`}>95 % interval</Table.Th>,
            ])}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {metrics.map(({ metric, validation, test, gap }) => (
            <Table.Tr key={metric}>
              <Table.Th scope="row">{metricWords(metric)}</Table.Th>
              {[
                ...metricFigures(metric, validation),
                ...(test ? metricFigures(metric, test) : []),
                ...(gap ? metricDifference(metric, gap) : []),
              ].map((text, i) => (
                <Table.Td key={i} ta="right">
                  {text}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
