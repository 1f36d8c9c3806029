'use client';

import { Badge } from '@mantine/core';
import { useEffect, useState } from 'react';
import { drafts, useDraft } from '../../client/drafts.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { useLate } from '../../client/use-late.ts';
import type { Focus } from './note-cell.tsx';
import classes from './run-grid.module.css';

/** Tags, changed in place: they are kept when the field is left. What cannot be saved stays in its field. */
export function TagsCell({ run, tags }: { run: string; tags: readonly string[] }) {
  const of = `tags of ${run}`;
  const draft = useDraft<readonly string[]>(of);
  const [focus, setFocus] = useState<Focus>('none');
  // Of thousands of cells one is edited.
  const [Editor, load] = useLate(async () => (await import('./tags-editor.tsx')).TagsEditor);
  const isScrolledBack = draft !== undefined && Editor === null;
  useEffect(() => {
    if (isScrolledBack) void load();
    // Not each time that it is drawn, as another `load` comes with each.
  }, [isScrolledBack]);
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
      autoFocus={focus === 'left by key'}
      onClick={() => void load().then((isThere) => isThere && drafts.set(of, tags))}
    >
      {tags.length === 0 ? '+' : badges}
    </button>
  );
  return draft !== undefined && Editor ? (
    <Editor {...{ run, tags, of, draft }} onClose={() => setFocus('left by key')}>
      {shown}
    </Editor>
  ) : (
    shown
  );
}
