'use client';

import { Table } from '@mantine/core';
import { compareRunsOperation } from '../../api/operations/comparison.ts';
import { useApi } from '../../client/use-api.ts';
import { formatInterval, formatPoints } from '../../shape/format.ts';
import { Fetched } from '../states/fetched.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

/** Of each pair of runs, whether the difference of their test accuracies is more than chance. */
export function Significance({ runs, names }: { runs: readonly string[]; names: readonly string[] }) {
  const result = useApi(compareRunsOperation, { query: { run: [...runs] } });
  const name = (id: string) => names[runs.indexOf(id)] ?? id;
  return (
    <Fetched result={result}>
      {({ images, groups, pairs, notes }) => (
        <>
          {pairs.length > 0 && (
            <>
              <p style={{ fontSize: 14, marginTop: 0 }}>
                On {images.toLocaleString('en')} test images
                {groups === null
                  ? ', each taken for independent: where images share photographs, differences look surer than they are'
                  : ` of ${groups.toLocaleString('en')} photographs`}
                . p after Holm’s correction.
              </p>
              <ScrollRegion label="Significance" height={360}>
                <Table fz="sm" withTableBorder>
                  <Table.Thead>
                    <Table.Tr>
                      {['run', 'minus run', 'difference (points)', '95 %', 'p', ''].map((head, i) => (
                        <Table.Th key={i}>{head || 'verdict'}</Table.Th>
                      ))}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {pairs.map(({ a, b, difference, ci95, p_corrected, real }) => (
                      <Table.Tr key={`${a} ${b}`}>
                        <Table.Td>{name(a)}</Table.Td>
                        <Table.Td>{name(b)}</Table.Td>
                        <Table.Td>{formatPoints(difference)}</Table.Td>
                        <Table.Td>{formatInterval(ci95, formatPoints)}</Table.Td>
                        <Table.Td>{p_corrected < 0.001 ? '< 0.001' : p_corrected.toFixed(3)}</Table.Td>
                        <Table.Td>{real ? <b>more than chance</b> : 'may be chance'}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </ScrollRegion>
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
