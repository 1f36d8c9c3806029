'use client';

import { Table } from '@mantine/core';
import { useState } from 'react';
import { ScrollRegion } from '../states/scroll-region.tsx';

export interface PlotTableContent {
  readonly head: readonly string[];
  /** Made when somebody asks. */
  readonly rows: () => readonly (readonly string[])[];
}

/** The figures of a plot, folded away, and not in the page, until somebody asks. */
export function PlotTable({ label, head, rows }: PlotTableContent & { label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary style={{ fontSize: 'var(--mantine-font-size-sm)', cursor: 'pointer' }}>As a table</summary>
      {open && (
        <ScrollRegion label={`${label}, table`} height={320}>
          <Table withTableBorder>
            <Table.Thead>
              <Table.Tr>
                {head.map((name, i) => (
                  <Table.Th key={i}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows().map((row, i) => (
                <Table.Tr key={i}>
                  {row.map((cell, j) => (
                    <Table.Td key={j} style={{ whiteSpace: 'nowrap' }}>
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollRegion>
      )}
    </details>
  );
}
