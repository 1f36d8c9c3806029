'use client';

import { Button, Group, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { thousands } from '@thaw/base/browser';
import { useMemo, useState } from 'react';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';
import type { OtherRun } from '../../shape/images/agreement.ts';
import type { ImageTable } from '../../shape/images/image-table.ts';
import { orders, tilesOf, type Order } from '../../shape/images/tiles.ts';
import { describeImage } from './describe-image.ts';
import classes from './images.module.css';
import { Thumbnail } from './thumbnail.tsx';

const shownAtOnce = 60;

interface Props {
  table: ImageTable;
  other: OtherRun | null;
  sheets: SpriteSheets | null;
  /** Those that are shown. */
  images: readonly number[];
  /** Whether images of one photograph have a tile each. */
  apart: boolean;
  onOpen: (image: number) => void;
}

/** Images in tiles, one a photograph, each a button that opens it. */
export function Gallery({ table, other, sheets, images, apart, onOpen }: Props) {
  const [order, setOrder] = useState<Order>('surest');
  const tiles = useMemo(() => tilesOf(table, images, order, apart), [table, images, order, apart]);
  const [shown, setShown] = useState(shownAtOnce);
  return (
    <>
      <Group justify="space-between" align="flex-end" mb="sm">
        <Text size="sm" role="status">
          {thousands(images.length)} {images.length === 1 ? 'image' : 'images'}
          {tiles.length < images.length &&
            ` of ${thousands(tiles.length)} ${plural(table.unit, tiles.length)}`}
        </Text>
        <NativeSelect
          size="xs"
          label="Order"
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value as Order)}
          data={Object.entries(orders).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <ul className={classes['tiles']}>
        {tiles.slice(0, shown).map(({ image, members }) => {
          const lines = describeImage(table, other, image);
          const isWrong = table.predicted[image]! >= 0 && table.predicted[image] !== table.labels[image];
          return (
            <li key={image}>
              <UnstyledButton
                className={classes['tile']!}
                data-wrong={isWrong || undefined}
                onClick={() => onOpen(image)}
                title={table.files[image]!}
              >
                <Thumbnail sheets={sheets} image={image} label="" side={96} />
                {lines.map((line) => (
                  <span key={line} className={classes['line']}>
                    {line}
                  </span>
                ))}
                {members.length > 1 && (
                  <span className={classes['line']}>
                    and {members.length - 1} more of its {table.unit}
                  </span>
                )}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {tiles.length > shown && (
        <Button variant="default" mt="sm" onClick={() => setShown(shown + shownAtOnce)}>
          Show {Math.min(shownAtOnce, tiles.length - shown)} more of {thousands(tiles.length)}
        </Button>
      )}
    </>
  );
}

function plural(unit: ImageTable['unit'], count: number): string {
  return count === 1 ? unit : `${unit}s`;
}
