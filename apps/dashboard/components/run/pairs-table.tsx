import { Table } from '@mantine/core';
import { flatten } from '@thaw/base/browser';
import { valueText } from '../../shape/plots/plot-run.ts';
import { Path } from '../states/path.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

/** Nested values, a path and a value a row. */
export function PairsTable({ label, value }: { label: string; value: object }) {
  return (
    <ScrollRegion label={label} height={360}>
      <Table fz="sm" layout="fixed">
        <Table.Tbody>
          {flatten(value).map(([path, inner]) => (
            <Table.Tr key={path}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere', width: '45%' }}>
                <Path path={path} />
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {inner === null ? 'none' : valueText(inner)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
