'use client';

import { Button, Group, Modal, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';
import type { OtherRun } from '../../shape/images/agreement.ts';
import { splitWords } from '../../shape/images/image-filter.ts';
import type { ImageTable } from '../../shape/images/image-table.ts';
import { fileUrl } from '../run/files.tsx';
import { describeImage } from './describe-image.ts';
import { Thumbnail } from './thumbnail.tsx';

interface Props {
  run: string;
  table: ImageTable;
  other: OtherRun | null;
  sheets: SpriteSheets | null;
  /** Null: nothing is open. */
  image: number | null;
  onClose: () => void;
  /** Shows only the images of a group. */
  onGroup: (group: string) => void;
}

const mostShown = 48;

/** One image at its own size, what the runs say of it, and the other images of its photograph. */
export function ImageDetails({ image, onClose, ...rest }: Props) {
  return (
    <Modal
      opened={image !== null}
      onClose={onClose}
      size="xl"
      title={image === null ? '' : rest.table.files[image]!}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {image !== null && <Details {...rest} image={image} />}
    </Modal>
  );
}

function Details({
  run,
  table,
  other,
  sheets,
  image,
  onGroup,
}: Omit<Props, 'onClose' | 'image'> & { image: number }) {
  const family = useMemo(() => {
    const members: number[] = [];
    table.groups.forEach((group, i) => group === table.groups[image] && i !== image && members.push(i));
    return members;
  }, [table, image]);
  const lines = describeImage(table, other, image);
  return (
    <>
      {sheets && (
        <img
          src={fileUrl(run, table.files[image]!, 'images')}
          alt={lines.join('; ')}
          style={{ display: 'block', maxWidth: '100%', maxHeight: '50vh', marginBottom: 8 }}
        />
      )}
      {lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
      {family.length > 0 && (
        <>
          <Text size="sm" mt="md" mb={4} fw={600}>
            {family.length} more of this {table.unit}
            {family.length > mostShown && `, the first ${mostShown}`}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            mb="xs"
            onClick={() => onGroup(table.groupNames[table.groups[image]!]!)}
          >
            Show only this {table.unit}
          </Button>
          <Group gap="xs" align="flex-start">
            {family.slice(0, mostShown).map((member) => (
              <div key={member} style={{ width: 84 }}>
                <Thumbnail sheets={sheets} image={member} label={table.files[member]!} />
                <Text size="xs">{splitWords[table.splits[member]!]}</Text>
              </div>
            ))}
          </Group>
        </>
      )}
    </>
  );
}
