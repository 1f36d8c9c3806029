import * as z from 'zod';

/** An image of a run's data set and what it shares with others. */
export const groupedImageSchema = z.object({
  /** Relative to the data set's folder. */
  path: z.string(),
  split: z.enum(['train', 'validation', 'test']),
  class: z.string(),
  /** Equal for images of one photograph (patient, slide). */
  group: z.string(),
  /** Equal for photographs of one scene; absent where an image shows none with another, and in what was kept before. */
  scene: z.string().optional(),
  /** Of each repeat, the fold (from 0) that validated it; absent without folds, and in what was kept before. */
  folds: z.array(z.number().int().nonnegative()).readonly().optional(),
});

export type GroupedImage = z.output<typeof groupedImageSchema>;
