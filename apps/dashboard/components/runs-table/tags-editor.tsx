'use client';

import { Button, Popover, TagsInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { drafts } from '../../client/drafts.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import { withTyped } from '../../shape/with-typed.ts';
import type { Focus } from './note-cell.tsx';

export interface TagsEditorProps {
  readonly run: string;
  readonly tags: readonly string[];
  /** Where the draft is kept. */
  readonly of: string;
  readonly draft: readonly string[];
  /** Whether the draft was there before, as of what could not be saved: then Escape leaves the tags as they were. */
  readonly isUnsaved: boolean;
  readonly onClose: (focus: Focus) => void;
  /** Beside what it opens. */
  readonly children: ReactNode;
}

const mostTags = 50;

/** A field for the tags of a run; one that is half typed counts when it is left. */
export function TagsEditor({ run, tags, of, draft, isUnsaved, onClose, children }: TagsEditorProps) {
  const { annotate } = useRunActions();
  const [typed, setTyped] = useState('');
  const keep = (focus: Focus) => {
    const kept = withTyped(draft, typed, mostTags);
    // What others add or remove meanwhile stays so.
    const added = kept.filter((tag) => !tags.includes(tag));
    const removed = tags.filter((tag) => !kept.includes(tag));
    drafts.set(of, added.length + removed.length === 0 ? undefined : kept);
    if (added.length + removed.length > 0)
      void drafts.save(of, () => annotate(run, { add_tags: added, remove_tags: removed }));
    onClose(focus);
  };
  return (
    <Popover
      opened
      onChange={() => {
        keep('none');
      }}
      closeOnEscape={false}
      trapFocus
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (!isUnsaved) {
            keep('left by key');
            return;
          }
          drafts.set(of, undefined);
          onClose('left by key');
        }}
      >
        <TagsInput
          aria-label={`Tags of ${run}`}
          description={
            isUnsaved ? 'Not saved yet; Escape leaves them as they were' : 'Enter adds one, Escape closes'
          }
          maxTags={mostTags}
          value={[...draft]}
          onChange={(next) => drafts.set(of, next)}
          searchValue={typed}
          onSearchChange={setTyped}
          // The field may be left with the popover, whose tags are saved by then.
          acceptValueOnBlur={false}
          comboboxProps={{ withinPortal: false }}
          w={260}
        />
        {isUnsaved && (
          <Button
            size="xs"
            mt="xs"
            onClick={() => {
              keep('left by key');
            }}
          >
            Save
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
