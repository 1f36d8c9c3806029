import { spriteSide } from '@thaw/analysis/browser';
import type { Places } from '../../client/use-map.ts';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';
import type { ImageColors, Rgb } from '../../shape/images/image-colors.ts';
import { paintPoints } from '../../shape/images/paint-points.ts';
import { pixelsOf, wholeMap, type Size, type Viewport } from '../../shape/images/viewport.ts';

/** All that a map shows. */
export interface MapPicture {
  readonly places: Places;
  readonly shown: Uint8Array;
  readonly colors: ImageColors;
  /** Images in pairs that lines join; null for no lines. */
  readonly lines: Int32Array | null;
  readonly sheets: SpriteSheets | null;
  readonly dark: boolean;
}

/** Of so few points that are seen, pictures are shown, if they do not cover more of the map than this share. */
const mostPictures = 160;
const mostCovered = 0.5;
const pictureSide = 56;
const edge = 3;
const grounds: Record<'light' | 'dark', { ground: Rgb; line: Rgb }> = {
  light: { ground: [255, 255, 255], line: [190, 130, 60] },
  dark: { ground: [36, 36, 36], line: [150, 110, 60] },
};

/** Draws onto a canvas, keeping its memory of pixels from one frame to the next. */
export class MapCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #pixels: ImageData | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false })!;
  }

  draw(view: Viewport, size: Size, density: number, picture: MapPicture): void {
    const whole = { width: Math.round(size.width * density), height: Math.round(size.height * density) };
    if (whole.width === 0 || whole.height === 0) return;
    if (this.#pixels?.width !== whole.width || this.#pixels.height !== whole.height) {
      this.#canvas.width = whole.width;
      this.#canvas.height = whole.height;
      this.#pixels = this.#context.createImageData(whole.width, whole.height);
    }
    const scaled = { ...view, scale: view.scale * density };
    const { places, shown, colors, lines, sheets, dark } = picture;
    const zoom = Math.min(4, Math.max(1, Math.sqrt(view.scale / wholeMap(size).scale)));
    const { ground, line } = grounds[dark ? 'dark' : 'light'];
    paintPoints(new Uint32Array(this.#pixels.data.buffer), whole, scaled, {
      ...{ x: places.x, y: places.y, shown, colors, lines, ground },
      radius: (1.6 + zoom * 0.9) * density,
      lineColor: line,
    });
    this.#context.putImageData(this.#pixels, 0, 0);
    if (sheets) this.#drawPictures(scaled, whole, density, picture, sheets);
  }

  #drawPictures(
    view: Viewport,
    size: Size,
    density: number,
    { places, shown, colors }: MapPicture,
    sheets: SpriteSheets,
  ): void {
    const seen: number[] = [];
    const side = pictureSide * density;
    const most = Math.min(mostPictures, (mostCovered * size.width * size.height) / side ** 2);
    for (let i = 0; i < places.x.length; i++) {
      if (shown[i] === 0) continue;
      const [x, y] = pixelsOf(view, places.x[i]!, places.y[i]!, size);
      if (x < 0 || y < 0 || x > size.width || y > size.height || Number.isNaN(x)) continue;
      if (seen.push(i) > most) return;
    }
    const context = this.#context;
    for (const i of seen) {
      const sprite = sheets.get(i);
      if (!sprite) continue;
      const [x, y] = pixelsOf(view, places.x[i]!, places.y[i]!, size);
      const [left, top] = [Math.round(x - side / 2), Math.round(y - side / 2)];
      context.fillStyle = `rgb(${colors.colors[colors.kinds[i]!]!.join(' ')})`;
      context.fillRect(
        left - edge * density,
        top - edge * density,
        side + 2 * edge * density,
        side + 2 * edge * density,
      );
      context.drawImage(sprite.sheet, sprite.x, sprite.y, spriteSide, spriteSide, left, top, side, side);
    }
  }
}
