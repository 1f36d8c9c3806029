import * as z from 'zod';

const interval = z.tuple([z.number(), z.number()]).readonly().nullable();

/**
 * What a sweep's chosen trial is expected to reach on new images, from its training images alone, written before it is evaluated on
 * a test set that is sealed. Accuracies are fractions, intervals hold 95 %.
 */
export const forecastSchema = z.object({
  /** The chosen trial's number, and of how many it is the best. */
  trial: z.number().int().nonnegative(),
  trials: z.number().int().positive(),
  /** Null where the training images cannot say; `missing` says why, as a clause. */
  accuracy: z.number().nullable(),
  ci95: interval,
  per_class: z
    .array(
      z.object({
        class: z.string(),
        recall: z.number().nullable(),
        ci95: interval,
        /** That hold images of the class. */
        groups: z.number().int(),
      }),
    )
    .readonly(),
  /** Independent ones; as many as images where none are known. */
  groups: z.number().int(),
  unit: z.enum(['group', 'photograph', 'scene', 'image']),
  method: z.string(),
  /** The trial's accuracy on the predictions that it was chosen by. */
  uncorrected: z.number().nullable(),
  /** Whether each fold kept the epoch that was best on the very images that it predicted; false in records of before, which do not say. */
  early_stopping: z.boolean().default(false),
  missing: z.string().nullable(),
  /** When it was written. */
  at: z.iso.datetime(),
});

export type ForecastRecord = z.output<typeof forecastSchema>;

/** A look at the test set of a sweep, noted before it was taken. */
export const openingSchema = z.object({
  at: z.iso.datetime(),
  /**
   * `chosen`: the sweep has ended with this trial ahead (`test: best`); `asked`: a user has opened the sealed test set; `refit`: the
   * trial was promoted, trained anew on all folds.
   */
  why: z.enum(['chosen', 'asked', 'refit']),
  trial: z.number().int().nonnegative(),
  run: z.string(),
  /** What it was chosen by, and what it had reached there. */
  metric: z.string(),
  value: z.number().nullable(),
  /** Of how many finished trials it was the best. */
  trials: z.number().int().positive(),
  /** What was forecast of it then; the sweep has that of what it has chosen since. Null without folds, and in records of before. */
  forecast: forecastSchema.nullable().default(null),
  /** How often the same images had been looked at before for other sweeps. Null in records of before. */
  looks_elsewhere: z.number().int().nonnegative().nullable().default(null),
});

export type OpeningRecord = z.output<typeof openingSchema>;
