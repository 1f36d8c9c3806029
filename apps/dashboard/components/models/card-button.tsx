'use client';

import { Button, Code, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { getModelCard } from '../../api/operations/models.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';

/** Shows a version's model card as it is written: names in it come from folders of users, so nothing in it is markup here. */
export function CardButton({ model }: { model: string }) {
  const [opened, { open, close }] = useDisclosure();
  const result = useApi(getModelCard, { params: { model } }, { enabled: opened });
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={open}>
        Card
      </Button>
      <Modal opened={opened} onClose={close} title={`Model card of ${model}`} size="xl">
        <Fetched result={result}>
          {({ markdown }) => (
            <Code block style={{ whiteSpace: 'pre-wrap' }}>
              {markdown}
            </Code>
          )}
        </Fetched>
      </Modal>
    </>
  );
}
