'use client';

import type { RunRow } from '@thaw/tracking';
import { memo, type CSSProperties } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { TextLink } from '../shell/text-link.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { NoteCell } from './note-cell.tsx';
import { TagsCell } from './tags-cell.tsx';
import classes from './run-grid.module.css';

/** One value of a run. */
export const RunCell = memo(function RunCell({
  row,
  column,
  style,
}: {
  row: RunRow;
  column: string;
  style: CSSProperties;
}) {
  const value = row[column];
  return (
    <td
      style={style}
      className={typeof value === 'number' ? classes['number'] : undefined}
      title={typeof value === 'string' ? value : undefined}
    >
      <Content row={row} column={column} />
    </td>
  );
});

function Content({ row, column }: { row: RunRow; column: string }) {
  const value = row[column];
  if (column === 'id') return <TextLink href={`/runs/${encodeURIComponent(row.id)}`}>{row.id}</TextLink>;
  if (column === 'sweep' && typeof value === 'string') {
    return <TextLink href={`/sweeps/${encodeURIComponent(value)}`}>{value}</TextLink>;
  }
  if (column === 'state') return <StateBadge state={String(value)} />;
  if (column === 'note') return <NoteCell run={row.id} note={typeof value === 'string' ? value : ''} />;
  if (column === 'tags') return <TagsCell run={row.id} tags={Array.isArray(value) ? value : []} />;
  return formatValue(column, value);
}
