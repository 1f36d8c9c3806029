'use client';

import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { RunRow } from '@thaw/tracking';
import Link from 'next/link';
import { mostCompared } from '../../api/operations/comparison.ts';
import { useRunActions } from '../../client/use-run-actions.ts';

/** What can be done with the runs that are selected; nothing while none is. */
export function SelectionBar({ chosen, clear }: { chosen: readonly RunRow[]; clear: () => void }) {
  const { archive, remove, restore } = useRunActions();
  if (chosen.length === 0) return null;
  const ids = chosen.map(({ id }) => id);
  const archived = chosen.every((row) => row['archived'] === true);
  const many = `${ids.length} ${ids.length === 1 ? 'run' : 'runs'}`;
  const comparable = ids.length >= 2 && ids.length <= mostCompared;
  const did = async (what: string, work: Promise<void>, undo: () => Promise<void>) => {
    await work;
    clear();
    offerUndo(what, undo);
  };
  return (
    <Group gap="xs">
      <Text size="sm">{many} selected</Text>
      <Button
        size="xs"
        component={Link}
        href={
          comparable ? `/compare?${ids.map((id) => `run=${encodeURIComponent(id)}`).join('&')}` : '/compare'
        }
        prefetch={false}
        disabled={!comparable}
        title={`2 to ${mostCompared} runs`}
      >
        Compare
      </Button>
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          void did(`${many} ${archived ? 'unarchived' : 'archived'}`, archive(ids, !archived), () =>
            archive(ids, archived),
          )
        }
      >
        {archived ? 'Unarchive' : 'Archive'}
      </Button>
      <Button
        size="xs"
        variant="default"
        onClick={() => void did(`${many} deleted`, remove(ids), () => restore(ids))}
      >
        Delete
      </Button>
      <Button size="xs" variant="subtle" onClick={clear}>
        Select none
      </Button>
    </Group>
  );
}

function offerUndo(what: string, undo: () => Promise<void>): void {
  const id = notifications.show({
    title: what,
    autoClose: 15_000,
    message: (
      <Button
        size="xs"
        variant="light"
        onClick={() => {
          notifications.hide(id);
          void undo();
        }}
      >
        Undo
      </Button>
    ),
  });
}
