'use client';

import { ActionIcon, Anchor, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { Bookmark, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { readView, writeView, type View } from '../../shape/view.ts';
import { readViews, withView, type SavedView } from '../../shape/saved-views.ts';

const key = 'thaw views';

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
}

/** Views of the table that this browser keeps under names; to others they are sent as addresses. */
export function ViewsMenu({ view, change }: Props) {
  const path = usePathname();
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [name, setName] = useState('');
  const keep = (next: readonly SavedView[]) => {
    setViews(next);
    window.localStorage.setItem(key, JSON.stringify(next));
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    keep(withView(views, { name: name.trim(), query: writeView(view).toString() }));
    setName('');
  };
  return (
    <Popover
      position="bottom-start"
      trapFocus
      onOpen={() => setViews(readViews(window.localStorage.getItem(key)))}
    >
      <Popover.Target>
        <Button variant="default" leftSection={<Bookmark size={16} aria-hidden />}>
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={260}>
          {views.length === 0 && <Text size="sm">No view is saved in this browser.</Text>}
          {views.map((saved) => (
            <Group key={saved.name} justify="space-between" wrap="nowrap">
              <Anchor
                size="sm"
                underline="always"
                href={saved.query === '' ? path : `${path}?${saved.query}`}
                onClick={(event) => {
                  event.preventDefault();
                  change(readView(new URLSearchParams(saved.query)));
                }}
              >
                {saved.name}
              </Anchor>
              <ActionIcon
                size="sm"
                variant="subtle"
                aria-label={`Forget ${saved.name}`}
                onClick={() => keep(views.filter((each) => each !== saved))}
              >
                <X size={14} />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={save}>
            <Group gap="xs" wrap="nowrap" align="end">
              <TextInput
                size="xs"
                label="Save this view as"
                maxLength={60}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
              <Button size="xs" type="submit">
                Save
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
