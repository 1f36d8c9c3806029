'use client';

import { Button, Code } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRun } from '../../api/operations/runs.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import { Notice } from '../states/notice.tsx';

/** In place of a run that was deleted: how to have it back. */
export function DeletedRun({ run }: { run: string }) {
  const client = useQueryClient();
  const { change } = useRunActions();
  const bringBack = async () => {
    await change([run], { deleted: false });
    await client.invalidateQueries({ queryKey: [getRun.id] });
  };
  return (
    <Notice
      title="This run was deleted"
      action={<Button onClick={() => void bringBack()}>Bring it back</Button>}
    >
      It can be restored until <Code>npx nx run runs purge</Code> removes deleted runs for good.
    </Notice>
  );
}
