'use client';

import { Badge, Group, Progress, Table, Text } from '@mantine/core';
import { duration, percent, points } from '@thaw/base/browser';
import type { SweepSummary } from '../../api/operations/sweeps.ts';
import { minuteText } from '../../shape/minute-text.ts';
import { shortName } from '../../shape/plots/plot-run.ts';
import { doneShare, trialProgress } from '../../shape/trial-progress.ts';
import { NameLink } from '../names/name-link.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { GapBar } from './gap-bar.tsx';

/** Sweeps with what they vary, how far they are, and what their best came to on validation and on test images. */
export function SweepTable({ sweeps }: { sweeps: readonly SweepSummary[] }) {
  return (
    <Table.ScrollContainer
      minWidth={900}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Sweeps' } }}
    >
      <Table striped highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Sweep</Table.Th>
            <Table.Th ta="right">Validation</Table.Th>
            <Table.Th ta="right">Test</Table.Th>
            <Table.Th ta="right" style={{ whiteSpace: 'nowrap' }}>
              Gap (points)
            </Table.Th>
            <Table.Th>Best trial</Table.Th>
            <Table.Th>Trials</Table.Th>
            <Table.Th>Varies</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sweeps.map((sweep) => (
            <SweepRow key={sweep.id} sweep={sweep} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function SweepRow({ sweep }: { sweep: SweepSummary }) {
  const { id, name, state, best, swept, created, seconds } = sweep;
  const leaks = sweep.leakage !== null && (sweep.leakage.with_twin > 0 || sweep.leakage.into_test.length > 0);
  return (
    <Table.Tr>
      <Table.Td maw={{ base: 110, sm: 220 }}>
        <NameLink href={`/sweeps/${encodeURIComponent(id)}`} name={name} id={id} />
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        {percent(best?.val_accuracy)}
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        {percent(best?.test_accuracy)}
      </Table.Td>
      <Table.Td ta="right" fw={700}>
        {points(best?.gap)}
        {best && <GapBar validation={best.val_accuracy} test={best.test_accuracy} />}
      </Table.Td>
      <Table.Td>
        {best ? <TextLink href={`/runs/${encodeURIComponent(best.run)}`}>{best.name}</TextLink> : '-'}
      </Table.Td>
      <Table.Td miw={190}>
        <Group gap={6} mb={2}>
          <StateBadge state={state} />
          {leaks && (
            <Badge variant="light" color="orange" tt="none" c="var(--mantine-color-text)">
              leaks
            </Badge>
          )}
        </Group>
        <Text size="xs">{trialProgress(sweep)}</Text>
        <Text size="xs" c="dimmed">
          {minuteText(created)}
        </Text>
        <Text size="xs" c="dimmed">
          {seconds !== null && duration(seconds)}
        </Text>
        {state === 'running' && (
          <Progress size="xs" mt={4} value={100 * doneShare(sweep)} aria-label={`Trials done of ${name}`} />
        )}
      </Table.Td>
      <Table.Td>
        <Text size="xs">{swept.map((path) => shortName(path, swept)).join(', ') || '-'}</Text>
      </Table.Td>
    </Table.Tr>
  );
}
