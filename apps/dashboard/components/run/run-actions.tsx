'use client';

import { isComplete } from '@thaw/experiment';
import { Box, Button, Group, Text } from '@mantine/core';
import { getRunReport } from '../../api/operations/reports.ts';
import { getAnnotations, type Run } from '../../api/operations/runs.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { useApi } from '../../client/use-api.ts';
import { useRunActions, type Change } from '../../client/use-run-actions.ts';
import { PromoteButton } from '../models/promote-button.tsx';
import { NoteCell } from '../runs-table/note-cell.tsx';
import { TagsCell } from '../runs-table/tags-cell.tsx';
import { offerUndo } from '../states/offer-undo.tsx';
import { ReportButton } from '../states/report-button.tsx';

/** What can be done with a run on its own page: tags and a note, archive, delete, promote. */
export function RunActions({ run, name }: { run: Run; name: string }) {
  const { data } = useApi(getAnnotations, { params: { run: run.id } });
  const { change } = useRunActions();
  const isReadOnly = useReadOnly();
  const archived = data?.archived ?? false;
  const act = async (what: string, done: Change, undone: Change) => {
    const changed = await change([run.id], done);
    if (changed.length > 0) offerUndo(`${name} was ${what}`, () => change(changed, undone));
  };
  return (
    <Group mb="md" gap="sm" mih={30}>
      {run.state === 'finished' && run.provenance && <PromoteButton source={{ run: run.id }} />}
      {isComplete(run.state) && (
        <ReportButton
          href={apiUrl(getRunReport, { run: run.id })}
          choices={['curve', 'log', 'smoothing', 'score']}
        />
      )}
      {!isReadOnly && (
        <>
          <Button
            size="xs"
            variant="default"
            disabled={data === undefined}
            onClick={() =>
              void act(archived ? 'unarchived' : 'archived', { archived: !archived }, { archived })
            }
          >
            {archived ? 'Unarchive' : 'Archive'}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={run.state === 'running'}
            onClick={() => void act('deleted', { deleted: true }, { deleted: false })}
          >
            Delete
          </Button>
        </>
      )}
      <Annotation name="Tags">{data && <TagsCell run={run.id} tags={data.tags} />}</Annotation>
      <Annotation name="Note">{data && <NoteCell run={run.id} note={data.note} />}</Annotation>
    </Group>
  );
}

function Annotation({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap" maw={420}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Box miw={28} fz="sm">
        {children}
      </Box>
    </Group>
  );
}
