'use client';

import { Button, Code } from '@mantine/core';
import { useReadOnly } from '../../client/read-only.ts';
import { useRunActions } from '../../client/use-run-actions.ts';
import { Notice } from '../states/notice.tsx';

/** In place of a run that was deleted: how to have it back. */
export function DeletedRun({ run }: { run: string }) {
  const { change } = useRunActions();
  const isReadOnly = useReadOnly();
  return (
    <Notice
      title="This run was deleted"
      action={
        !isReadOnly && <Button onClick={() => void change([run], { deleted: false })}>Bring it back</Button>
      }
    >
      It can be restored until <Code>npx nx run runs purge</Code> removes deleted runs for good.
    </Notice>
  );
}
