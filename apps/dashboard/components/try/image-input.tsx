'use client';

import { Button, FileButton, Paper, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useState, type DragEvent } from 'react';

/** Takes an image that is dropped anywhere on the page, pasted or picked. */
export function ImageInput({ onImage }: { onImage: (image: File) => void }) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | undefined | null) => {
    const file = files?.[0];
    if (file) onImage(file);
  };
  const drag = (isOver: boolean) => (event: Pick<DragEvent, 'preventDefault'>) => {
    event.preventDefault();
    setOver(isOver);
  };
  useWindowEvent('paste', (event) => take(event.clipboardData?.files));
  // Beside the zone a browser would leave the page to show the file.
  useWindowEvent('dragover', drag(true));
  useWindowEvent('dragleave', drag(false));
  useWindowEvent('drop', (event) => {
    drag(false)(event);
    take(event.dataTransfer?.files);
  });
  return (
    <Paper
      withBorder
      p="xl"
      ta="center"
      data-testid="drop-zone"
      bg={over ? 'var(--mantine-primary-color-light)' : undefined}
    >
      <Text mb="sm">Drop an image here, paste one, or</Text>
      <FileButton onChange={(file) => file && onImage(file)} accept="image/*">
        {(props) => <Button {...props}>Pick an image</Button>}
      </FileButton>
    </Paper>
  );
}
