'use client';

import { Checkbox } from '@mantine/core';
import {
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { RunRow } from '@thaw/tracking';
import { useMemo, useRef, type CSSProperties } from 'react';
import type { TableLine } from '../../shape/arrange-rows.ts';
import { formatFraction } from '../../shape/format.ts';
import { formatValue } from '../../shape/format-value.ts';
import type { View } from '../../shape/view.ts';
import { HeaderCell } from './header-cell.tsx';
import { RunCell } from './run-cell.tsx';
import classes from './run-grid.module.css';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnPinningFeature });
const noRows: RunRow[] = [];
const selectWidth = 36;
const rowHeight = 34;

interface Props {
  lines: readonly TableLine[];
  columns: readonly string[];
  view: View;
  change: (part: Partial<View>) => void;
  selected: ReadonlySet<string>;
  setSelected: (selected: ReadonlySet<string>) => void;
}

/** The table itself: only the lines in sight, and some around them, are in the page. */
export function RunGrid({ lines, columns, view, change, selected, setSelected }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const definitions = useMemo(
    () =>
      columns.map((id): ColumnDef<typeof features, RunRow> => ({ id, size: usualWidth(id), minSize: 48 })),
    [columns],
  );
  // Which rows there are, and their order, is not the table's business: it lays out columns.
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: {
      columnSizing: { ...view.widths },
      columnPinning: { start: view.pinned.filter((id) => columns.includes(id)), end: [] },
    },
    onColumnSizingChange: (update) =>
      change({ widths: typeof update === 'function' ? update({ ...view.widths }) : update }),
  });
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]!.key,
    overscan: 20,
    // As many as fit before the browser has said how high the table is.
    initialRect: { width: 0, height: 600 },
  });
  const headers = table.getHeaderGroups()[0]!.headers;
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const position = (column: (typeof headers)[number]['column']): CSSProperties =>
    column.getIsPinned()
      ? { position: 'sticky', left: selectWidth + column.getStart('start'), zIndex: 1 }
      : {};
  const runs = lines.flatMap((line) => (line.kind === 'run' ? [line.row.id] : []));
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  return (
    <div ref={scroll} className={classes['scroll']} tabIndex={0} role="region" aria-label="Runs">
      <table
        className={classes['grid']}
        style={{ width: selectWidth + table.getTotalSize() }}
        aria-rowcount={lines.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th className={classes['select']} style={{ width: selectWidth }}>
              <Checkbox
                size="xs"
                aria-label="Select all runs"
                checked={runs.length > 0 && selected.size >= runs.length}
                indeterminate={selected.size > 0 && selected.size < runs.length}
                onChange={() => setSelected(selected.size > 0 ? new Set() : new Set(runs))}
              />
            </th>
            {headers.map((header) => (
              <HeaderCell
                key={header.id}
                name={header.column.id}
                width={header.getSize()}
                style={position(header.column)}
                resize={header.getResizeHandler()}
                view={view}
                change={change}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map(({ index, key }) => {
            const line = lines[index]!;
            if (line.kind === 'group') {
              return (
                <tr key={key} aria-rowindex={index + 2} className={classes['group']}>
                  <th colSpan={headers.length + 1} scope="rowgroup">
                    <span>
                      {view.group} = {formatValue(view.group ?? '', line.value)}: {line.count} runs, best val
                      accuracy {formatFraction(line.best)}
                    </span>
                  </th>
                </tr>
              );
            }
            return (
              <tr key={key} aria-rowindex={index + 2} aria-selected={selected.has(line.row.id)}>
                <td className={classes['select']}>
                  <Checkbox
                    size="xs"
                    aria-label={`Select ${line.row.id}`}
                    checked={selected.has(line.row.id)}
                    onChange={() => toggle(line.row.id)}
                  />
                </td>
                {headers.map(({ column }) => (
                  <RunCell key={column.id} row={line.row} column={column.id} style={position(column)} />
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

function usualWidth(column: string): number {
  if (column === 'id') return 290;
  if (column === 'note' || column === 'tags') return 180;
  return Math.max(90, column.length * 8 + 52);
}
