'use client';

import { memo, type CSSProperties } from 'react';
import { runName, type RunRow } from '@thaw/tracking';
import type { Mark } from '../../shape/best-marks.ts';
import { namedRow } from '../../shape/named-row.ts';
import { RunCell } from './run-cell.tsx';
import classes from './run-grid.module.css';

export interface ColumnPlace {
  readonly id: string;
  readonly style: CSSProperties;
}

interface Props {
  row: RunRow;
  /** From 0, of the lines below the head. */
  index: number;
  columns: readonly ColumnPlace[];
  selected: boolean;
  toggle: (id: string) => void;
  mark: Mark | undefined;
}

/** A run as a line of the table, drawn again only when something of it is another. */
export const RunLine = memo(function RunLine({ row, index, columns, selected, toggle, mark }: Props) {
  return (
    <tr aria-rowindex={index + 2} aria-selected={selected}>
      <td className={classes['select']}>
        <input
          type="checkbox"
          aria-label={`Select ${runName(namedRow(row))}, ${row.id}`}
          checked={selected}
          onChange={() => toggle(row.id)}
        />
      </td>
      {columns.map(({ id, style }) => (
        <RunCell key={id} row={row} column={id} style={style} mark={mark} />
      ))}
    </tr>
  );
});
