'use client';

import { Badge } from '@mantine/core';
import { useState } from 'react';
import { drafts, useDraft } from '../../client/drafts.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { useLate } from '../../client/use-late.ts';
import type { Focus } from './note-cell.tsx';
import classes from './run-grid.module.css';

/**
 * Tags, changed in place: they are kept when the field is left. What cannot be saved is shown as such and stays in its field, which opens
 * again where it is wanted: it holds nobody.
 */
export function TagsCell({ run, tags }: { run: string; tags: readonly string[] }) {
  const of = `tags of ${run}`;
  const draft = useDraft<readonly string[]>(of);
  const [focus, setFocus] = useState<Focus>('none');
  const [isUnsaved, setUnsaved] = useState(false);
  // Of thousands of cells one is edited.
  const [Editor, load] = useLate(async () => (await import('./tags-editor.tsx')).TagsEditor);
  const shownTags = draft ?? tags;
  const badges = shownTags.map((tag) => (
    <Badge key={tag} variant={draft ? 'outline' : 'default'} size="sm" tt="none" mr={4}>
      {tag}
    </Badge>
  ));
  if (useReadOnly()) return badges;
  const isOpen = focus === 'entered' && draft !== undefined;
  const open = async () => {
    if (isOpen || !(await load())) return;
    const left = drafts.get(of);
    setUnsaved(left !== undefined);
    if (left === undefined) drafts.set(of, tags);
    setFocus('entered');
  };
  const what = `Tags of ${run}${draft ? ', not saved' : ''}: ${shownTags.join(', ') || 'none'}`;
  const shown = (
    <button
      type="button"
      className={classes['edit']}
      aria-label={draft === undefined && tags.length === 0 ? `Add tags to ${run}` : what}
      autoFocus={focus === 'left by key'}
      onClick={() => void open()}
    >
      {shownTags.length === 0 ? '+' : badges}
    </button>
  );
  return isOpen && Editor ? (
    <Editor {...{ run, tags, of, draft, isUnsaved }} onClose={setFocus}>
      {shown}
    </Editor>
  ) : (
    shown
  );
}
