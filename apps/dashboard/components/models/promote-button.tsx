'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useReadOnly } from '../../client/read-only.ts';
import { useLate } from '../../client/use-late.ts';
import type { Source } from './promote-form.tsx';

interface Props {
  source?: Source | null;
}

/** Opens what makes a run a version of a model: the run or the best of the sweep given, else of a sweep that is chosen there. */
export function PromoteButton({ source = null }: Props) {
  const [opened, { open, close }] = useDisclosure();
  // Loaded when it is wanted; it opens with its field, which gets the focus.
  const [Form, load] = useLate(async () => (await import('./promote-form.tsx')).PromoteForm);
  if (useReadOnly()) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => void load().then((isThere) => isThere && open())}>
        Promote …
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Promote"
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {Form && <Form source={source} />}
      </Modal>
    </>
  );
}
