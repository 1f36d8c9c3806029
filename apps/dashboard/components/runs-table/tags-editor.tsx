'use client';

import { Popover, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { drafts } from '../../client/drafts.ts';
import { useRunActions } from '../../client/use-run-actions.ts';

export interface TagsEditorProps {
  readonly run: string;
  readonly tags: readonly string[];
  /** Where the draft is kept. */
  readonly of: string;
  readonly draft: readonly string[];
  readonly onClose: () => void;
  /** Beside what it opens. */
  readonly children: ReactNode;
}

/** A field for the tags of a run. */
export function TagsEditor({ run, tags, of, draft, onClose, children }: TagsEditorProps) {
  const { annotate } = useRunActions();
  const close = () => {
    // What others add or remove meanwhile stays so.
    const added = draft.filter((tag) => !tags.includes(tag));
    const removed = tags.filter((tag) => !draft.includes(tag));
    if (added.length + removed.length === 0) drafts.set(of, undefined);
    else void drafts.save(of, () => annotate(run, { add_tags: added, remove_tags: removed }));
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
          value={[...draft]}
          onChange={(next) => drafts.set(of, next)}
          comboboxProps={{ withinPortal: false }}
          w={260}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
