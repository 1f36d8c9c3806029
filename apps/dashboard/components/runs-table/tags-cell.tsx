'use client';

import { Badge, Popover, TagsInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useRunActions } from '../../client/use-run-actions.ts';

/** Tags, changed in place: they are kept when the field is left. */
export function TagsCell({ run, tags }: { run: string; tags: readonly string[] }) {
  const [draft, setDraft] = useState<string[] | null>(null);
  const { annotate } = useRunActions();
  const close = () => {
    setDraft(null);
    if (draft !== null && draft.join('\n') !== tags.join('\n')) void annotate(run, { tags: draft });
  };
  return (
    <Popover opened={draft !== null} onChange={close} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          w="100%"
          aria-label={tags.length === 0 ? `Add tags to ${run}` : `Tags of ${run}: ${tags.join(', ')}`}
          onClick={() => setDraft([...tags])}
        >
          {tags.length === 0
            ? '+'
            : tags.map((tag) => (
                <Badge key={tag} variant="default" size="sm" tt="none" mr={4}>
                  {tag}
                </Badge>
              ))}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <TagsInput
          aria-label={`Tags of ${run}`}
          description="Enter adds one, Escape closes"
          maxTags={50}
          value={draft ?? []}
          onChange={setDraft}
          comboboxProps={{ withinPortal: false }}
          w={260}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
