'use client';

import { TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useRunActions } from '../../client/use-run-actions.ts';

/** A note, written in place: Enter keeps it, Escape leaves it as it was. */
export function NoteCell({ run, note }: { run: string; note: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const { annotate } = useRunActions();
  if (draft === null) {
    return (
      <UnstyledButton
        fz="sm"
        w="100%"
        aria-label={note === '' ? `Add a note to ${run}` : `Note of ${run}: ${note}`}
        onClick={() => setDraft(note)}
      >
        {note === '' ? '+' : note}
      </UnstyledButton>
    );
  }
  const keep = () => {
    setDraft(null);
    if (draft !== note) void annotate(run, { note: draft });
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={`Note of ${run}`}
      maxLength={10_000}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
