import type { ImageTable } from './image-table.ts';

/** How two runs, A and B, answer for an image; the place of a name is its number. */
export const agreements = [
  'both right',
  'only A right',
  'only B right',
  'both wrong',
  'not both asked',
] as const;
export type Agreement = (typeof agreements)[number];

/** What another run said of the images of a table, in the table's order. */
export interface OtherRun {
  /** Places in the table's classes; -1 where it said nothing, or a class that the table does not have. */
  readonly predicted: Int32Array;
  readonly confidence: Float32Array;
  /** Of each image, a place in `agreements`. */
  readonly agreement: Uint8Array;
}

/** Joins what two runs said image by image: a file is the same image where both have it under the same class. */
export function joinRuns(table: ImageTable, other: ImageTable): OtherRun {
  const places = new Map(other.files.map((file, i) => [file, i]));
  const classes = other.classes.map((name) => table.classes.indexOf(name));
  const predicted = new Int32Array(table.count).fill(-1);
  const confidence = new Float32Array(table.count).fill(NaN);
  const agreement = new Uint8Array(table.count).fill(agreements.indexOf('not both asked'));
  for (let i = 0; i < table.count; i++) {
    const place = places.get(table.files[i]!);
    if (place === undefined || other.predicted[place]! < 0) continue;
    if (classes[other.labels[place]!] !== table.labels[i]) continue;
    predicted[i] = classes[other.predicted[place]!]!;
    confidence[i] = other.confidence[place]!;
    if (table.predicted[i]! < 0) continue;
    const [a, b] = [table.predicted[i] === table.labels[i], predicted[i] === table.labels[i]];
    agreement[i] = a ? (b ? 0 : 1) : b ? 2 : 3;
  }
  return { predicted, confidence, agreement };
}
