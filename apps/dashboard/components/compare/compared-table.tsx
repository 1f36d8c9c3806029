import { percent, points } from '@thaw/base/browser';
import { ColorSwatch, Group, Table } from '@mantine/core';
import type { Run } from '../../api/operations/runs.ts';
import { seriesColors } from '../plots/colors.ts';
import { NameLink } from '../names/name-link.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { StateBadge } from '../states/state-badge.tsx';

const heads = ['run', 'state', 'validation', 'test', 'gap (points)'];

/** The runs that are compared, each in the colour of its curves. */
export function ComparedTable({ runs, names }: { runs: readonly Run[]; names: readonly string[] }) {
  return (
    <ScrollRegion label="Runs that are compared" height={420}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, i) => (
              <Table.Th key={head} ta={i > 1 ? 'right' : 'left'}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map(({ id, state, summary }, i) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <ColorSwatch
                    size={12}
                    color={seriesColors[i % seriesColors.length]!}
                    withShadow={false}
                    aria-hidden
                  />
                  <NameLink href={`/runs/${id}`} name={names[i]!} id={id} />
                </Group>
              </Table.Td>
              <Table.Td>
                <StateBadge state={state} />
              </Table.Td>
              <Table.Td ta="right">{percent(summary?.val_accuracy)}</Table.Td>
              <Table.Td ta="right">{percent(summary?.test_accuracy)}</Table.Td>
              <Table.Td ta="right">{points(summary?.gap)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
