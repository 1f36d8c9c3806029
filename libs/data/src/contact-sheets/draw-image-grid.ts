import type { OverlayOptions } from 'sharp';
import { drawLabel } from './label.ts';
import { sharp } from '../images/sharp.ts';

export interface GridRow {
  readonly title: string;
  /** RGB bytes, `size * size * 3` each; as many in every row. */
  readonly images: readonly Uint8Array[];
}

const margin = 16;
const gap = 6;
const label = { size: 12, height: 20 } as const;
const ink = '#1a1a1a';

/** A picture of square images of `size` pixels a side in rows, each row under its title: PNG bytes, shown at 96 pixels or more. */
export async function drawImageGrid(size: number, rows: readonly GridRow[]): Promise<Buffer> {
  const side = size * Math.max(1, Math.ceil(96 / size));
  const columns = Math.max(...rows.map(({ images }) => images.length));
  const width = 2 * margin + columns * (side + gap) - gap;
  const rowHeight = label.height + side + gap;
  const overlays: OverlayOptions[] = [];
  for (const [r, { title, images }] of rows.entries()) {
    const top = margin + r * rowHeight;
    const text = await drawLabel(title, { size: label.size, width: width - 2 * margin, color: ink });
    if (text) overlays.push({ input: text, left: margin, top });
    for (const [c, pixels] of images.entries()) {
      const input = await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
        .resize(side, side, { kernel: 'nearest' })
        .png({ compressionLevel: 1 })
        .toBuffer();
      overlays.push({ input, left: margin + c * (side + gap), top: top + label.height });
    }
  }
  const height = 2 * margin + rows.length * rowHeight - gap;
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(overlays)
    .removeAlpha()
    .png()
    .toBuffer();
}
