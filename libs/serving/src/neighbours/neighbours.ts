import * as z from 'zod';

/** A training image that a prediction may be compared with. */
export interface NeighbourImage {
  /** Relative to the data set's folder. */
  readonly file: string;
  readonly label: string;
  readonly sha256: string;
}

/** Training images and what the model makes of them. */
export interface Neighbours {
  readonly images: readonly NeighbourImage[];
  /** Pooled features, each row of length 1: [images, features]. */
  readonly features: Float32Array;
}

/** The files of a promoted model that hold them. */
export const neighbourFiles = { index: 'neighbours.json', features: 'neighbours.bin' } as const;

const indexSchema = z.object({
  format: z.literal(1),
  /** `neighbours.bin`: float32, little-endian, a row an image, each row of length 1. */
  features: z.number().int().positive(),
  images: z.array(z.object({ file: z.string(), label: z.string(), sha256: z.string() })),
});

/** Puts the contents of both files together. Throws ZodError for an index of another kind. */
export function parseNeighbours(index: unknown, features: ArrayBuffer): Neighbours {
  return { images: indexSchema.parse(index).images, features: new Float32Array(features) };
}
