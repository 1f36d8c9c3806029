'use client';

import { spriteSide } from '@thaw/analysis/browser';
import { useEffect, useRef } from 'react';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';

/** A small picture of an image, once its sheet has come. */
export function Thumbnail({
  sheets,
  image,
  label,
  side = spriteSide,
}: {
  sheets: SpriteSheets | null;
  image: number;
  /** Empty where the text beside it says the same. */
  label: string;
  side?: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!sheets) return;
    const draw = () => {
      const sprite = sheets.get(image);
      if (!sprite) return false;
      const context = canvas.current!.getContext('2d')!;
      context.drawImage(
        sprite.sheet,
        sprite.x,
        sprite.y,
        spriteSide,
        spriteSide,
        0,
        0,
        spriteSide,
        spriteSide,
      );
      return true;
    };
    if (draw()) return;
    const end = sheets.subscribe(() => {
      if (draw()) end();
    });
    return end;
  }, [sheets, image]);
  return (
    <canvas
      // Another image begins with an empty picture.
      key={image}
      ref={canvas}
      width={spriteSide}
      height={spriteSide}
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      style={{
        display: 'block',
        width: side,
        height: side,
        background: 'var(--mantine-color-default-hover)',
      }}
    />
  );
}
