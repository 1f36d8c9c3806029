'use client';

import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Steer } from '../../client/use-sweep-job.ts';

/** Ends the trials of a sweep that stops without waiting for their epochs, which are lost; so it asks first. */
export function StopNowButton({ stopNow }: { stopNow: Steer['stopNow'] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        Stop now …
      </Button>
      <Modal opened={opened} onClose={close} title="Stop now" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Text size="sm" mb="md">
          The running epoch of each trial is lost. Finished epochs are kept.
        </Text>
        <Group>
          <Button
            color="red"
            onClick={() => {
              close();
              stopNow.mutate();
            }}
          >
            Stop now
          </Button>
          <Button variant="default" onClick={close}>
            Let them finish
          </Button>
        </Group>
      </Modal>
    </>
  );
}
