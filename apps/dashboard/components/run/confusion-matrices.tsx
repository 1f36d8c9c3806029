'use client';

import { points } from '@thaw/base/browser';
import { Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Results } from '../../api/operations/results.ts';
import { cellColor, differenceColor } from '../../shape/cell-color.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { CellImages, type Cell } from './cell-images.tsx';

/** Letters of a class above its column; the whole name stands before its row. */
const longestHead = 12;

/** Confusion matrices of validation and test and their difference; a cell with images opens them where there is a `run`. */
export function ConfusionMatrices({ results, run }: { results: Results; run: string }) {
  const [cell, setCell] = useState<Cell | null>(null);
  const { confusion, classes } = results;
  if (!confusion) return null;
  return (
    <>
      <Group align="flex-start" gap="xl">
        {(['validation', 'test'] as const).map((part) => (
          <Matrix key={part} title={part === 'test' ? 'Test' : 'Validation'} classes={classes}>
            {(row, column) => {
              const counts = confusion[part][row]!;
              const total = counts.reduce((sum, count) => sum + count, 0);
              const count = counts[column]!;
              const share = total === 0 ? 0 : count / total;
              const [label, predicted] = [classes[row]!, classes[column]!];
              const percent = `${Math.round(100 * share)} %`;
              // Begins with what is seen, for those who speak to the page.
              const name = `${count} ${percent}, ${part} images of ${label} predicted as ${predicted}`;
              return (
                <Table.Td key={column} ta="right" p={0} style={cellColor(share)}>
                  {count === 0 ? (
                    <span style={{ padding: 8, display: 'block' }}>0</span>
                  ) : (
                    <UnstyledButton
                      aria-label={name}
                      p={8}
                      w="100%"
                      ta="right"
                      c="inherit"
                      onClick={() => setCell({ part, label, predicted })}
                    >
                      {count} <small style={{ display: 'block' }}>{percent}</small>
                    </UnstyledButton>
                  )}
                </Table.Td>
              );
            }}
          </Matrix>
        ))}
        <Matrix title="Validation minus test, in points" classes={classes}>
          {(row, column) => {
            const value = confusion.difference[row]?.[column] ?? null;
            return (
              <Table.Td key={column} ta="right" p={8} style={differenceColor(value)}>
                {points(value)}
              </Table.Td>
            );
          }}
        </Matrix>
      </Group>
      <Text size="sm" mt="xs">
        Rows are true classes, columns predictions. Choose a cell to see the images behind it.
      </Text>
      <CellImages run={run} cell={cell} onClose={() => setCell(null)} />
    </>
  );
}

function Matrix({
  title,
  classes,
  children,
}: {
  title: string;
  classes: readonly string[];
  children: (row: number, column: number) => React.ReactNode;
}) {
  return (
    <div style={{ maxWidth: '100%' }}>
      <ScrollRegion label={`Confusion matrix, ${title}`}>
        <Table withTableBorder withColumnBorders horizontalSpacing={6} w="auto" fz="sm">
          <Table.Caption ta="left" style={{ captionSide: 'top', fontWeight: 600, color: 'inherit' }}>
            {title}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {classes.map((name) => (
                <Table.Th key={name} title={name} scope="col" fz="xs">
                  {name.length > longestHead ? `${name.slice(0, longestHead - 1)}…` : name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {classes.map((name, row) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fz="xs">
                  {name}
                </Table.Th>
                {classes.map((_, column) => children(row, column))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollRegion>
    </div>
  );
}
