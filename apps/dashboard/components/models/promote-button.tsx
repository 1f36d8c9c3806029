'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useReadOnly } from '../../client/read-only.ts';
import { PromoteForm, type Source } from './promote-form.tsx';

/** Opens what makes a run a version of a model: the run or the best of the sweep given, else of a sweep that is chosen there. */
export function PromoteButton({ source = null }: { source?: Source | null }) {
  const [opened, { open, close }] = useDisclosure();
  if (useReadOnly()) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Promote …
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Promote"
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <PromoteForm source={source} />
      </Modal>
    </>
  );
}
