import type { PredictionRow } from '@thaw/experiment';
import type { PluginEvent } from './event-file.ts';
import { encodePng } from './png.ts';

/** Digits of 3 x 5 points, a row a number of three bits. */
const digits = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 7, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 1, 1, 1],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
];
/** Side of a cell and of a point of its digits, pixels; a cell holds eight digits. */
const cell = 64;
const point = 2;
const full = [31, 78, 121];

/**
 * A confusion matrix as an image for TensorBoard: rows are true classes, columns predicted ones, in the order of `classes`, which its
 * description names; a cell is darker the larger its share of its row, and bears its count.
 */
export function confusionImage(
  rows: readonly PredictionRow[],
  classes: readonly string[],
  at: { readonly part: string; readonly step: number; readonly wallTime: number },
): PluginEvent {
  const place = new Map(classes.map((name, i) => [name, i]));
  const counts = classes.map(() => classes.map(() => 0));
  for (const { label, predicted } of rows) counts[place.get(label)!]![place.get(predicted)!]! += 1;
  const side = classes.length * cell;
  const png = encodePng(drawn(counts), side, side);
  return {
    ...{ tag: `confusion_${at.part}`, step: at.step, wallTime: at.wallTime },
    ...{ plugin: 'images', content: new Uint8Array() },
    description: `Rows are true classes, columns predicted ones, in this order: ${classes.join(', ')}.`,
    tensor: { shape: [3], strings: [String(side), String(side), png] },
  };
}

function drawn(counts: readonly (readonly number[])[]): Uint8Array {
  const side = counts.length * cell;
  const pixels = new Uint8Array(side * side * 3).fill(255);
  const paint = (x: number, y: number, size: number, colour: readonly number[]) => {
    for (let row = y; row < y + size; row++) {
      for (let column = x; column < x + size; column++) pixels.set(colour, (row * side + column) * 3);
    }
  };
  counts.forEach((row, y) => {
    const total = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    row.forEach((count, x) => {
      const share = count / total;
      // A line of white between cells.
      paint(
        x * cell,
        y * cell,
        cell - 1,
        full.map((value) => Math.round(255 - share * (255 - value))),
      );
      const text = String(count);
      const left = x * cell + (cell - (text.length * 4 - 1) * point) / 2;
      const top = y * cell + (cell - 5 * point) / 2;
      const ink = share > 0.5 ? [255, 255, 255] : [0, 0, 0];
      [...text].forEach((digit, place) => {
        digits[Number(digit)]!.forEach((bits, line) => {
          for (let column = 0; column < 3; column++) {
            if (!(bits & (4 >> column))) continue;
            paint(
              Math.round(left) + (place * 4 + column) * point,
              Math.round(top) + line * point,
              point,
              ink,
            );
          }
        });
      });
    });
  });
  return pixels;
}
