import { Group, Paper, Text } from '@mantine/core';
import type { Results } from '../../api/operations/results.ts';
import { formatInterval, formatPercent, formatPoints } from '../../shape/format.ts';
import { usePlotColors } from '../plots/colors.ts';

/** Validation accuracy, test accuracy and the gap between them, with what each is worth. */
export function GapTiles({ results: { overall, groups } }: { results: Results }) {
  const colors = usePlotColors();
  const unit = groups === 'photographs' ? 'photographs' : null;
  const of = ({ images, groups: count }: { images: number; groups: number }) =>
    `${images.toLocaleString('en')} images${unit ? ` of ${count.toLocaleString('en')} ${unit}` : ''}`;
  const tiles = [
    [
      'Validation accuracy',
      formatPercent(overall.validation.accuracy),
      formatInterval(overall.validation.ci95, formatPercent),
      of(overall.validation),
      colors.validation,
    ],
    [
      'Test accuracy',
      formatPercent(overall.test.accuracy),
      formatInterval(overall.test.ci95, formatPercent),
      of(overall.test),
      colors.test,
    ],
    [
      'Generalisation gap',
      `${formatPoints(overall.gap.value)} points`,
      formatInterval(overall.gap.ci95, formatPoints),
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
