'use client';

import { FileButton, Button, Paper, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useState, type DragEvent } from 'react';

/** Takes an image that is dropped, pasted or picked. */
export function ImageInput({ onImage }: { onImage: (image: File) => void }) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | undefined | null) => {
    const file = files?.[0];
    if (file) onImage(file);
  };
  useWindowEvent('paste', (event) => take(event.clipboardData?.files));
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <Paper
      withBorder
      p="xl"
      ta="center"
      data-testid="drop-zone"
      bg={over ? 'var(--mantine-primary-color-light)' : undefined}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <Text mb="sm">Drop an image here, paste one, or</Text>
      <FileButton onChange={(file) => file && onImage(file)} accept="image/*">
        {(props) => <Button {...props}>Pick an image</Button>}
      </FileButton>
    </Paper>
  );
}
