'use client';

import { SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';

import { fileUrl } from './files.tsx';

export interface GridImage {
  readonly file: string;
  readonly lines: readonly string[];
}

/** Images of a run's data set with what is said of each. */
export function ImageGrid({ run, images }: { run: string; images: readonly GridImage[] }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 6 }} spacing="sm">
      {images.map(({ file, lines }, i) => (
        <figure key={`${file}-${i}`} style={{ margin: 0, minWidth: 0 }}>
          <DatasetImage run={run} file={file} alt={[file, ...lines].join(', ')} />
          <figcaption>
            {lines.map((line) => (
              <Text key={line} size="xs">
                {line}
              </Text>
            ))}
            <Text size="xs" truncate title={file}>
              {file.slice(file.lastIndexOf('/') + 1)}
            </Text>
          </figcaption>
        </figure>
      ))}
    </SimpleGrid>
  );
}

function DatasetImage({ run, file, alt }: { run: string; file: string; alt: string }) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return (
      <Text size="xs" p="sm" bd="1px dashed var(--mantine-color-default-border)">
        The image is no longer there.
      </Text>
    );
  }
  return (
    // next/image would want a server to resize it; these are small, and local.
    <img
      src={fileUrl(run, file, 'images')}
      alt={alt}
      loading="lazy"
      width="100%"
      style={{
        display: 'block',
        aspectRatio: '4 / 3',
        objectFit: 'contain',
        background: 'var(--mantine-color-default-hover)',
      }}
      onError={() => setMissing(true)}
    />
  );
}
