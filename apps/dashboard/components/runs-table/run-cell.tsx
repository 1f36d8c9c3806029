'use client';

import { nameInSweepId, runName, type RunRow } from '@thaw/tracking';
import type { CSSProperties } from 'react';
import type { Mark } from '../../shape/best-marks.ts';
import { formatValue } from '../../shape/format-value.ts';
import { namedRow } from '../../shape/named-row.ts';
import { NameLink } from '../names/name-link.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { NoteCell } from './note-cell.tsx';
import { TagsCell } from './tags-cell.tsx';
import classes from './run-grid.module.css';

interface Props {
  row: RunRow;
  column: string;
  style: CSSProperties;
  mark?: Mark | undefined;
}

/** One value of a run. */
export function RunCell({ row, column, style, mark }: Props) {
  const value = row[column];
  return (
    <td
      style={style}
      className={typeof value === 'number' ? classes['number'] : undefined}
      title={typeof value === 'string' ? value : undefined}
    >
      <Content row={row} column={column} mark={mark} />
    </td>
  );
}

function Content({ row, column, mark }: Omit<Props, 'style'>) {
  const value = row[column];
  if (column === 'id') {
    const href = `/runs/${encodeURIComponent(row.id)}`;
    return <NameLink href={href} name={runName(namedRow(row))} id={row.id} mark={mark} />;
  }
  if (column === 'sweep' && typeof value === 'string') {
    const href = `/sweeps/${encodeURIComponent(value)}`;
    return <NameLink href={href} name={nameInSweepId(value)} id={value} />;
  }
  if (column === 'state') return <StateBadge state={String(value)} />;
  if (column === 'note') return <NoteCell run={row.id} note={typeof value === 'string' ? value : ''} />;
  if (column === 'tags') return <TagsCell run={row.id} tags={Array.isArray(value) ? value : []} />;
  return formatValue(column, value);
}
