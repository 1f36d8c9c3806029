'use client';

import { Badge, Popover, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useReadOnly } from '../../client/read-only.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import type { CellState } from './note-cell.tsx';
import classes from './run-grid.module.css';

/** Tags, changed in place: they are kept when the field is left. */
export function TagsCell({ run, tags }: { run: string; tags: readonly string[] }) {
  const [state, setState] = useState<CellState>('idle');
  const badges = tags.map((tag) => (
    <Badge key={tag} variant="default" size="sm" tt="none" mr={4}>
      {tag}
    </Badge>
  ));
  if (useReadOnly()) return badges;
  const shown = (
    <button
      type="button"
      className={classes['edit']}
      aria-label={tags.length === 0 ? `Add tags to ${run}` : `Tags of ${run}: ${tags.join(', ')}`}
      autoFocus={state === 'left by key'}
      onClick={() => setState('edited')}
    >
      {tags.length === 0 ? '+' : badges}
    </button>
  );
  // Thousands of cells, of which one is edited.
  return state === 'edited' ? (
    <TagsEditor run={run} tags={tags} onClose={() => setState('left by key')}>
      {shown}
    </TagsEditor>
  ) : (
    shown
  );
}

interface EditorProps {
  run: string;
  tags: readonly string[];
  onClose: () => void;
  children: React.ReactNode;
}

function TagsEditor({ run, tags, onClose, children }: EditorProps) {
  const [draft, setDraft] = useState([...tags]);
  const { annotate } = useRunActions();
  const close = () => {
    // What others add or remove meanwhile stays so.
    const added = draft.filter((tag) => !tags.includes(tag));
    const removed = tags.filter((tag) => !draft.includes(tag));
    if (added.length + removed.length > 0) void annotate(run, { add_tags: added, remove_tags: removed });
    onClose();
  };
  return (
    <Popover opened onChange={close} trapFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown>
        <TagsInput
          aria-label={`Tags of ${run}`}
          description="Enter adds one, Escape closes"
          maxTags={50}
          value={draft}
          onChange={setDraft}
          comboboxProps={{ withinPortal: false }}
          w={260}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
