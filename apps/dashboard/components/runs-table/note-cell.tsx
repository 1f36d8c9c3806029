'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { annotationLimits } from '@thaw/tracking';
import { drafts, useDraft } from '../../client/drafts.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import classes from './run-grid.module.css';

/** How a cell was last entered or left: who used a key goes on from there. */
export type Focus = 'none' | 'entered' | 'left by key';

/** A note, written in place: Enter keeps it, Escape leaves it as it was. What cannot be saved stays in its field. */
export function NoteCell({ run, note }: { run: string; note: string }) {
  const of = `note of ${run}`;
  const draft = useDraft<string>(of);
  const [focus, setFocus] = useState<Focus>('none');
  if (useReadOnly()) return note;
  if (draft !== undefined) {
    return <NoteEditor {...{ run, note, of, draft, setFocus }} isEntered={focus === 'entered'} />;
  }
  return (
    <button
      type="button"
      className={classes['edit']}
      autoFocus={focus === 'left by key'}
      aria-label={note === '' ? `Add a note to ${run}` : `Note of ${run}: ${note}`}
      onClick={() => {
        setFocus('entered');
        drafts.set(of, note);
      }}
    >
      {note === '' ? '+' : note}
    </button>
  );
}

interface EditorProps {
  run: string;
  note: string;
  /** Where the draft is kept. */
  of: string;
  draft: string;
  /** Whether it was opened just now, and not scrolled back into sight. */
  isEntered: boolean;
  setFocus: (focus: Focus) => void;
}

function NoteEditor({ run, note, of, draft, isEntered, setFocus }: EditorProps) {
  const { annotate } = useRunActions();
  const keep = () => {
    if (draft === note) drafts.set(of, undefined);
    else void drafts.save(of, () => annotate(run, { note: draft, note_was: note }));
  };
  return (
    <TextInput
      size="xs"
      autoFocus={isEntered}
      aria-label={`Note of ${run}`}
      maxLength={annotationLimits.note}
      value={draft}
      onChange={(event) => drafts.set(of, event.currentTarget.value)}
      onBlur={() => {
        setFocus('none');
        keep();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The key would press the button that takes the field's place.
        event.preventDefault();
        setFocus('left by key');
        if (event.key === 'Enter') keep();
        else drafts.set(of, undefined);
      }}
    />
  );
}
