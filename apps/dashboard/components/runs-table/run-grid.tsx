'use client';

import { counted } from '@thaw/base/browser';
import { useMediaQuery } from '@mantine/hooks';
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
import { useCallback, useMemo, useRef, type Dispatch, type SetStateAction } from 'react';
import type { TableLine } from '../../shape/arrange-rows.ts';
import { formatValue } from '../../shape/format-value.ts';
import { groupText } from '../../shape/group-figures.ts';
import type { Mark } from '../../shape/best-marks.ts';
import { howMany, withShown } from '../../shape/selected-runs.ts';
import type { View } from '../../shape/view.ts';
import { alongColumn, alongRow, moveFocus } from '../shell/arrow-keys.ts';
import { HeaderCell } from './header-cell.tsx';
import classes from './run-grid.module.css';
import { RunLine, type ColumnPlace } from './run-line.tsx';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnPinningFeature });
const noRows: RunRow[] = [];
const selectWidth = 36;
const rowHeight = 44;

interface Props {
  lines: readonly TableLine[];
  columns: readonly string[];
  view: View;
  change: (part: Partial<View>) => void;
  selected: ReadonlySet<string>;
  setSelected: Dispatch<SetStateAction<ReadonlySet<string>>>;
  marks: ReadonlyMap<string, Mark>;
}

/** The table itself: only the lines in sight, and some around them, are in the page. */
export function RunGrid({ lines, columns, view, change, selected, setSelected, marks }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  // On a narrow page a pinned column would leave no room for the others.
  const pins = useMediaQuery('(min-width: 48em)', true);
  const definitions = useMemo(
    () =>
      columns.map((id): ColumnDef<typeof features, RunRow> => ({
        id,
        size: usualWidth(id, pins),
        minSize: 48,
      })),
    [columns, pins],
  );
  // Which rows there are, and their order, is not the table's business: it lays out columns.
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: {
      columnSizing: { ...view.widths },
      columnPinning: { start: pins ? view.pinned.filter((id) => columns.includes(id)) : [], end: [] },
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
  const places = useStable(
    headers.map(({ column }): ColumnPlace => ({
      id: column.id,
      style: column.getIsPinned()
        ? { position: 'sticky', left: selectWidth + column.getStart('start'), zIndex: 1 }
        : {},
    })),
  );
  const toggle = useCallback(
    (id: string) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [setSelected],
  );
  const runs = useMemo(() => lines.flatMap((line) => (line.kind === 'run' ? [line.row.id] : [])), [lines]);
  const many = useMemo(() => howMany(runs, selected), [runs, selected]);
  return (
    <div ref={scroll} className={classes['scroll']} tabIndex={0} role="region" aria-label="Runs">
      <table
        className={classes['grid']}
        style={{ width: selectWidth + table.getTotalSize() }}
        aria-rowcount={lines.length + 1}
      >
        <thead>
          {/* Two buttons a column: one stop of the Tab key for all. */}
          <tr
            aria-rowindex={1}
            onKeyDown={(event) =>
              moveFocus(event, alongRow, [...event.currentTarget.querySelectorAll<HTMLElement>('button')])
            }
          >
            <th className={classes['select']} style={{ width: selectWidth }}>
              <input
                type="checkbox"
                aria-label="Select all runs"
                checked={many === 'all'}
                ref={(box) => {
                  if (box) box.indeterminate = many === 'some';
                }}
                onChange={() => setSelected((before) => withShown(runs, before))}
              />
            </th>
            {headers.map((header, i) => (
              <HeaderCell
                key={header.id}
                name={header.column.id}
                width={header.getSize()}
                isFirst={i === 0}
                style={places[i]!.style}
                resize={header.getResizeHandler()}
                view={view}
                change={change}
              />
            ))}
          </tr>
        </thead>
        <tbody
          onKeyDown={(event) =>
            moveFocus(event, alongColumn, [
              ...event.currentTarget.querySelectorAll<HTMLElement>(':scope > tr > td:first-child > input'),
            ])
          }
        >
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map(({ index, key }) => {
            const line = lines[index]!;
            return line.kind === 'run' ? (
              <RunLine
                key={key}
                row={line.row}
                index={index}
                columns={places}
                selected={selected.has(line.row.id)}
                toggle={toggle}
                mark={marks.get(line.row.id)}
              />
            ) : (
              <tr key={key} aria-rowindex={index + 2} className={classes['group']}>
                <th colSpan={headers.length + 1} scope="rowgroup">
                  <span>
                    {view.group} = {formatValue(view.group ?? '', line.value)}: {counted(line.count, 'run')}{' '}
                    <span className={classes['figures']}>{groupText(line.figures)}</span>
                  </span>
                </th>
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

/** The same places as long as they say the same, so that lines need not be drawn again. */
function useStable(places: readonly ColumnPlace[]): readonly ColumnPlace[] {
  const text = JSON.stringify(places);
  return useMemo(() => JSON.parse(text) as readonly ColumnPlace[], [text]);
}

function usualWidth(column: string, isWide: boolean): number {
  if (column === 'id') return isWide ? 200 : 172;
  if (column === 'state') return 134;
  if (column === 'note' || column === 'tags') return 180;
  return Math.max(90, column.length * 9 + 52);
}
