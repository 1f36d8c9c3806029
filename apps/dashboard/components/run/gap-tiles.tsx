import { sizeOf } from '@thaw/analysis/browser';
import { percent, percentInterval, points, pointsInterval } from '@thaw/base/browser';
import { Group, Paper, Text } from '@mantine/core';
import type { Results } from '../../api/operations/results.ts';
import { usePlotColors } from '../plots/colors.ts';

/** Validation accuracy, test accuracy and the gap between them, with what each is worth. */
export function GapTiles({ results: { overall, grouping } }: { results: Results }) {
  const colors = usePlotColors();
  const tiles = [
    [
      'Validation accuracy',
      percent(overall.validation.accuracy),
      percentInterval(overall.validation.ci95),
      sizeOf(overall.validation, grouping),
      colors.validation,
    ],
    [
      'Test accuracy',
      percent(overall.test.accuracy),
      percentInterval(overall.test.ci95),
      sizeOf(overall.test, grouping),
      colors.test,
    ],
    [
      'Generalisation gap',
      `${points(overall.gap.value)} points`,
      pointsInterval(overall.gap.ci95),
      'validation minus test',
      colors.difference,
    ],
  ] as const;
  return (
    <Group align="stretch" mb="md">
      {tiles.map(([name, value, interval, note, color]) => (
        <Paper key={name} withBorder p="md" miw={220} style={{ borderTop: `4px solid ${color}`, flex: 1 }}>
          <Text size="sm">{name}</Text>
          <Text fz={30} fw={700} lh={1.3}>
            {value}
          </Text>
          <Text size="sm">
            {interval} with 95 % confidence
            <br />
            {note}
          </Text>
        </Paper>
      ))}
    </Group>
  );
}
