'use client';

import { Button, Group, Text } from '@mantine/core';
import type { RunRow } from '@thaw/tracking';
import Link from 'next/link';
import { mostCompared } from '../../api/operations/comparison.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { useRunActions, type Change } from '../../client/use-run-actions.ts';
import { archiveChange } from '../../shape/selected-runs.ts';
import { offerUndo } from '../states/offer-undo.tsx';
import { EndTrialsButton } from '../steering/end-trials-button.tsx';

interface Props {
  chosen: readonly RunRow[];
  /** The sweep whose table it is; null for the table of all runs. */
  sweep: string | null;
  clear: () => void;
}

/** What can be done with the runs that are selected; nothing while none is. */
export function SelectionBar({ chosen, sweep, clear }: Props) {
  const { change } = useRunActions();
  const isReadOnly = useReadOnly();
  if (chosen.length === 0) return null;
  const ids = chosen.map(({ id }) => id);
  const { archived, ids: differing } = archiveChange(chosen);
  const comparable = ids.length >= 2 && ids.length <= mostCompared;
  const act = async (of: readonly string[], what: string, done: Change, undone: Change) => {
    const changed = await change(of, done);
    if (changed.length === 0) return;
    clear();
    offerUndo(`${many(changed.length)} ${what}`, () => change(changed, undone));
  };
  return (
    <Group gap="xs">
      <Text size="sm">{many(ids.length)} selected</Text>
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
      {!isReadOnly && (
        <>
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              void act(differing, archived ? 'archived' : 'unarchived', { archived }, { archived: !archived })
            }
          >
            {archived ? 'Archive' : 'Unarchive'}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => void act(ids, 'deleted', { deleted: true }, { deleted: false })}
          >
            Delete
          </Button>
        </>
      )}
      {sweep !== null && <EndTrialsButton sweep={sweep} chosen={chosen} />}
      <Button size="xs" variant="subtle" onClick={clear}>
        Select none
      </Button>
    </Group>
  );
}

function many(runs: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}`;
}
