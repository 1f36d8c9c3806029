'use client';

import { Badge } from '@mantine/core';
import { useState, type ComponentType } from 'react';
import { useReadOnly } from '../../client/read-only.ts';
import type { CellState } from './note-cell.tsx';
import type { TagsEditorProps } from './tags-editor.tsx';
import classes from './run-grid.module.css';

/** Tags, changed in place: they are kept when the field is left. */
export function TagsCell({ run, tags }: { run: string; tags: readonly string[] }) {
  const [state, setState] = useState<CellState>('idle');
  // Loaded when it is wanted: of thousands of cells one is edited.
  const [Editor, setEditor] = useState<ComponentType<TagsEditorProps> | null>(null);
  const edit = async () => {
    const { TagsEditor } = await import('./tags-editor.tsx');
    setEditor(() => TagsEditor);
    setState('edited');
  };
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
      onClick={() => void edit()}
    >
      {tags.length === 0 ? '+' : badges}
    </button>
  );
  return state === 'edited' && Editor ? (
    <Editor run={run} tags={tags} onClose={() => setState('left by key')}>
      {shown}
    </Editor>
  ) : (
    shown
  );
}
