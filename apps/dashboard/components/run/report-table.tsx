import { classRow, fixed, percent, points, pointsInterval } from '@thaw/base/browser';
import { Table } from '@mantine/core';
import type { Results } from '../../api/operations/results.ts';
import { usePlotColors } from '../plots/colors.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';

const scores = ['precision', 'recall', 'f1'] as const;

/** scikit-learn's reports of validation and test side by side, with the gap of each score and its intervals. */
export function ReportTable({ results: { per_class, averages, overall } }: { results: Results }) {
  const colors = usePlotColors();
  const two = (value: number | null) => fixed(value, 2);
  const line = { borderInlineStart: '1px solid var(--mantine-color-default-border)' };
  const side = (figures: Record<(typeof scores)[number], number | null> & { support: number }) => [
    ...scores.map((name, i) => (
      <Table.Td key={name} ta="right" style={i === 0 ? line : undefined}>
        {two(figures[name])}
      </Table.Td>
    )),
    <Table.Td key="support" ta="right">
      {figures.support}
    </Table.Td>,
  ];
  const gapCell = (
    value: number | null,
    interval: readonly [number, number] | null | undefined,
    first = false,
  ) => (
    <Table.Td ta="right" style={{ whiteSpace: 'nowrap', ...(first && line) }}>
      <b>{points(value)}</b>
      {interval && <small style={{ display: 'block' }}>{pointsInterval(interval)}</small>}
    </Table.Td>
  );
  const rows = (['macro', 'weighted'] as const).map((name) => {
    const [a, b] = [averages.validation[name], averages.test[name]];
    const minus = (score: (typeof scores)[number]) =>
      a[score] === null || b[score] === null ? null : a[score] - b[score];
    return (
      <Table.Tr key={name}>
        <Table.Th scope="row">{name} avg</Table.Th>
        {side(a)}
        {side(b)}
        {gapCell(minus('precision'), null, true)}
        {gapCell(minus('recall'), null)}
        {gapCell(minus('f1'), null)}
      </Table.Tr>
    );
  });
  const heading = (text: string, span: number, color: string) => (
    <Table.Th
      colSpan={span}
      ta="center"
      scope="colgroup"
      style={{ ...line, borderTop: `3px solid ${color}` }}
    >
      {text}
    </Table.Th>
  );
  return (
    <ScrollRegion label="Reports of validation and test">
      <Table withTableBorder miw={900}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {heading('Validation', 4, colors.validation)}
            {heading('Test', 4, colors.test)}
            {heading('Gap in points (95 % interval)', 3, colors.difference)}
          </Table.Tr>
          <Table.Tr>
            <Table.Th>Class</Table.Th>
            {[...scores, 'support', ...scores, 'support', ...scores].map((name, i) => (
              <Table.Th key={i} ta="right" style={i % 4 === 0 ? line : undefined}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {per_class.map(({ class: name, validation, test, gap }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{classRow(name)}</Table.Th>
              {side(validation)}
              {side(test)}
              {gapCell(gap.precision, null, true)}
              {gapCell(gap.recall, gap.ci95)}
              {gapCell(gap.f1, gap.f1_ci95)}
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row">accuracy</Table.Th>
            <Table.Td colSpan={3} ta="right" style={line}>
              {percent(overall.validation.accuracy)}
            </Table.Td>
            <Table.Td ta="right">{overall.validation.images}</Table.Td>
            <Table.Td colSpan={3} ta="right" style={line}>
              {percent(overall.test.accuracy)}
            </Table.Td>
            <Table.Td ta="right">{overall.test.images}</Table.Td>
            <Table.Td colSpan={3} ta="right" style={line}>
              <b>{points(overall.gap.value)}</b>
              <small style={{ display: 'block' }}>{pointsInterval(overall.gap.ci95)}</small>
            </Table.Td>
          </Table.Tr>
          {rows}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
