'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { annotationLimits } from '@thaw/tracking';
import { useReadOnly } from '../../client/read-only.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import classes from './run-grid.module.css';

/** A cell that is edited in place. */
export type CellState = 'idle' | 'edited' | 'left by key';

/** A note, written in place: Enter keeps it, Escape leaves it as it was. */
export function NoteCell({ run, note }: { run: string; note: string }) {
  const [state, setState] = useState<CellState>('idle');
  if (useReadOnly()) return note;
  if (state === 'edited') return <NoteEditor run={run} note={note} onClose={setState} />;
  return (
    <button
      type="button"
      className={classes['edit']}
      // Whoever used the keyboard goes on from here.
      autoFocus={state === 'left by key'}
      aria-label={note === '' ? `Add a note to ${run}` : `Note of ${run}: ${note}`}
      onClick={() => setState('edited')}
    >
      {note === '' ? '+' : note}
    </button>
  );
}

interface EditorProps {
  run: string;
  note: string;
  onClose: (state: CellState) => void;
}

function NoteEditor({ run, note, onClose }: EditorProps) {
  const [draft, setDraft] = useState(note);
  const { annotate } = useRunActions();
  const keep = (state: CellState) => {
    if (draft !== note) void annotate(run, { note: draft, note_was: note });
    onClose(state);
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={`Note of ${run}`}
      maxLength={annotationLimits.note}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => keep('idle')}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The key would press the button that takes the field's place.
        event.preventDefault();
        if (event.key === 'Enter') keep('left by key');
        else onClose('left by key');
      }}
    />
  );
}
