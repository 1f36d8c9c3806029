'use client';

import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { EllipsisVertical } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { View } from '../../shape/view.ts';
import classes from './run-grid.module.css';

interface Props {
  name: string;
  width: number;
  /** The first is where the Tab key comes to; arrow keys go on from there. */
  isFirst: boolean;
  style: CSSProperties;
  /** Begins to change the width with a mouse or a finger. */
  resize: (event: unknown) => void;
  view: View;
  change: (part: Partial<View>) => void;
}

/** A column's name: pressed, it sorts; its menu pins, widens, groups and hides. */
export function HeaderCell({ name, width, isFirst, style, resize, view, change }: Props) {
  const order = view.sort === name ? 'ascending' : view.sort === `-${name}` ? 'descending' : 'none';
  const nextSort = { none: `-${name}`, descending: name, ascending: '' }[order];
  const pinned = view.pinned.includes(name);
  const widen = (by: number) => change({ widths: { ...view.widths, [name]: Math.max(48, width + by) } });
  return (
    <th
      scope="col"
      aria-sort={order}
      style={{ width, ...style, position: 'sticky', zIndex: style.position === 'sticky' ? 3 : 2 }}
    >
      <div style={{ display: 'flex', alignItems: 'center' }}>
        <UnstyledButton
          title={name}
          tabIndex={isFirst ? 0 : -1}
          fw={600}
          fz="sm"
          style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}
          onClick={() => change({ sort: nextSort })}
        >
          {name === 'id' ? 'run' : name}
          {order !== 'none' && <span aria-hidden> {order === 'ascending' ? '↑' : '↓'}</span>}
        </UnstyledButton>
        <Menu>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" tabIndex={-1} aria-label={`Column ${name}`}>
              <EllipsisVertical size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() =>
                change({
                  pinned: pinned ? view.pinned.filter((each) => each !== name) : [...view.pinned, name],
                })
              }
            >
              {pinned ? 'Unpin' : 'Pin to the left'}
            </Menu.Item>
            <Menu.Item onClick={() => change({ group: view.group === name ? null : name })}>
              {view.group === name ? 'Do not group' : 'Group by this'}
            </Menu.Item>
            <Menu.Item closeMenuOnClick={false} onClick={() => widen(40)}>
              Wider
            </Menu.Item>
            <Menu.Item closeMenuOnClick={false} onClick={() => widen(-40)}>
              Narrower
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes['resize']} aria-hidden onMouseDown={resize} onTouchStart={resize} />
    </th>
  );
}
