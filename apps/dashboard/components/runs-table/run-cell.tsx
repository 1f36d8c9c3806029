'use client';

import type { RunRow } from '@thaw/tracking';
import Link from 'next/link';
import type { CSSProperties } from 'react';
import { formatValue } from '../../shape/format-value.ts';
import { StateBadge } from '../states/state-badge.tsx';
import { NoteCell } from './note-cell.tsx';
import { TagsCell } from './tags-cell.tsx';
import classes from './run-grid.module.css';

/** One value of a run. */
export function RunCell({ row, column, style }: { row: RunRow; column: string; style: CSSProperties }) {
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
}

function Content({ row, column }: { row: RunRow; column: string }) {
  const value = row[column];
  if (column === 'id') return <CellLink href={`/runs/${encodeURIComponent(row.id)}`} text={row.id} />;
  if (column === 'sweep' && typeof value === 'string') {
    return <CellLink href={`/sweeps/${encodeURIComponent(value)}`} text={value} />;
  }
  if (column === 'state') return <StateBadge state={String(value)} />;
  if (column === 'note') return <NoteCell run={row.id} note={typeof value === 'string' ? value : ''} />;
  if (column === 'tags') return <TagsCell run={row.id} tags={Array.isArray(value) ? value : []} />;
  return formatValue(column, value);
}

function CellLink({ href, text }: { href: string; text: string }) {
  return (
    <Link href={href} prefetch={false} className={classes['link']}>
      {text}
    </Link>
  );
}
