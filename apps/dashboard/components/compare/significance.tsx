'use client';

import { Table } from '@mantine/core';
import { comparisonSentences, sizeOf } from '@thaw/analysis/browser';
import { points, pointsInterval, pValue } from '@thaw/base/browser';
import { compareRunsOperation } from '../../api/operations/comparison.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

/** So few comparisons have a sentence each, too: those of three pairs on both parts. */
const mostSentences = 6;

const heads = ['images', 'run', 'minus run', 'difference (points)', '95 %', 'p', 'p corrected', 'verdict'];

/** Of each pair of runs, whether the difference of their accuracies is more than chance, as `runs compare` says it. */
export function Significance({ runs, names }: { runs: readonly string[]; names: readonly string[] }) {
  const result = useApi(compareRunsOperation, { query: { run: [...runs] } });
  const name = (id: string) => names[runs.indexOf(id)] ?? id;
  return (
    <Fetched result={result}>
      {({ images, groups, grouping, pairs, comparisons, notes }) => (
        <>
          {comparisons.length > 0 && (
            <>
              <p style={{ fontSize: 14, marginTop: 0 }}>
                {pairs.length > 0 &&
                  `On ${sizeOf({ images, groups: groups ?? images }, grouping)} of the test set. `}
                p is corrected for all pairs (Holm).
              </p>
              <ScrollRegion label="Significance" height={440}>
                <Table fz="sm" withTableBorder>
                  <Table.Thead>
                    <Table.Tr>
                      {heads.map((head) => (
                        <Table.Th key={head}>{head}</Table.Th>
                      ))}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {comparisons.map(({ part, a, b, difference, ci95, p, p_corrected, verdict }) => (
                      <Table.Tr key={`${part} ${a} ${b}`}>
                        <Table.Td>{part}</Table.Td>
                        <Table.Td>{name(a)}</Table.Td>
                        <Table.Td>{name(b)}</Table.Td>
                        <Table.Td>{points(difference)}</Table.Td>
                        <Table.Td>{pointsInterval(ci95)}</Table.Td>
                        <Table.Td>{pValue(p)}</Table.Td>
                        <Table.Td>{pValue(p_corrected)}</Table.Td>
                        <Table.Td fw={verdict === 'real' ? 700 : undefined}>{verdict}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </ScrollRegion>
              {comparisons.length <= mostSentences &&
                comparisonSentences(comparisons, name).map((sentence) => (
                  <p key={sentence} style={{ fontSize: 14 }}>
                    {sentence}
                  </p>
                ))}
            </>
          )}
          {notes.map((note) => (
            <p key={note} style={{ fontSize: 14 }}>
              {note}
            </p>
          ))}
        </>
      )}
    </Fetched>
  );
}
