import { metricNames } from '@thaw/experiment';
import * as z from 'zod';
import { forecastSchema, openingSchema } from './forecast-record.ts';

/** The lower and the upper end of a 95 % interval; null where it cannot be known. */
const interval = z.tuple([z.number(), z.number()]).readonly().nullable();
const estimate = z.object({ value: z.number(), ci95: interval });
const count = z.number().int().nonnegative();
const split = z.enum(['train', 'validation', 'test']);

function bothSides<T extends z.ZodType>(side: T) {
  return z.object({ validation: side, test: side });
}

const side = z.object({
  accuracy: z.number(),
  ci95: interval,
  images: count,
  /** Independent ones: photographs, patients; as many as images where every image is its own. */
  groups: count,
});

const classSide = z.object({
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  support: count,
  groups: count,
  recall_ci95: interval,
  f1_ci95: interval,
});

/** Expected calibration error, Brier score, mean negative log-likelihood in nats, and the reliability diagram's bins. */
const calibration = z.object({
  ece: z.number(),
  brier: z.number(),
  nll: z.number(),
  reliability: z
    .array(
      z.object({
        lower: z.number(),
        upper: z.number(),
        images: count,
        confidence: z.number().nullable(),
        accuracy: z.number().nullable(),
      }),
    )
    .readonly(),
});

/** A wrong answer that the model was sure of; of a group only its surest. */
const mistake = z.object({
  /** Relative to the data set's folder. */
  file: z.string(),
  label: z.string(),
  predicted: z.string(),
  /** What the model gave the predicted class, 0 to 1. */
  probability: z.number(),
  /** Null where no groups are known. */
  group: z.string().nullable(),
});

/** Null where it is not defined. */
const metricEstimate = z.object({ value: z.number().nullable(), ci95: interval });

/** What is known of photographs on both sides of the split. */
const leakage = z.object({
  /** Null where the images could not be looked at. */
  validation_images_with_a_twin_in_training: count.nullable(),
  /** The share of the validation images that those are. */
  fraction: z.number().nullable(),
  /** Whether the groups are named by the settings or found by looking at the images. */
  origin: z.enum(['named', 'detected']).nullable(),
  /** Groups in all parts together. */
  groups: count.nullable(),
  crossings: z
    .array(z.object({ from: split, to: split, groups: count, images: count, images_in_to: count }))
    .readonly(),
  /** Scenes with images in two parts, counted as `crossings` counts groups; none where nobody has looked for scenes. */
  scene_crossings: z
    .array(z.object({ from: split, to: split, groups: count, images: count, images_in_to: count }))
    .readonly()
    .default([]),
  /** Null where the images could not be looked at, and in documents of before; so are the next three. */
  test_images_with_a_twin_in_training_or_validation: count.nullable().default(null),
  /** The share of the test images that those are. */
  test_fraction: z.number().nullable().default(null),
  /** Accuracy on the test images without such a twin; null, too, where they come from fewer than ten groups. */
  honest_test: side.nullable().default(null),
  /** The gap without leakage on either side and without selection; null where leakage was not measured. */
  honest_gap: estimate.nullable().default(null),
  /** The same trial on grouped splits, one entry a split; null where that was not measured. */
  retrained: z
    .array(
      z.object({
        split_seed: z.number(),
        val_accuracy: z.number(),
        test_accuracy: z.number(),
        gap: z.number(),
      }),
    )
    .readonly()
    .nullable(),
});

/** How optimistic it is to report the best of several trials on the images that chose it. */
const selection = z.object({ trials: count, optimism: z.number(), ci95: interval });

/** How often each class occurs, and what that does to the gap. */
const shares = z.object({
  per_class: z.array(z.object({ class: z.string(), validation: z.number(), test: z.number() })).readonly(),
  /** With each class as frequent as among the validation images; null where a class of theirs has no test image. */
  test_accuracy_at_validation_shares: estimate.nullable(),
  effect: estimate.nullable(),
});

/** How well validation and test images of the same class can be told apart. */
const shift = z.object({
  /** Area under the ROC curve: 0.5 where they cannot be told apart, 1 where always; null where groups are too few. */
  auc: z.number().nullable(),
  ci95: interval,
  per_class: z
    .array(
      z.object({
        class: z.string(),
        /** Energy distance, 0 to 1; null where groups are too few. */
        distance: z.number().nullable(),
        /** What 95 of 100 random divisions of the same groups stay below. */
        chance95: z.number().nullable(),
        p: z.number().nullable(),
        validation_groups: count,
        test_groups: count,
      }),
    )
    .readonly(),
});

/** A part of the gap. The values of all parts add up to the gap. */
const part = z.object({
  part: z.enum(['leakage', 'selection', 'shares', 'shift', 'rest', 'test_leakage']),
  /** Fraction; null where it was not measured, and then it is in the rest. */
  value: z.number().nullable(),
  ci95: interval,
  /** Why it was not measured, as a clause. */
  missing: z.string().nullable(),
});

/**
 * The document that `gap --output` writes and that `runs/<run>/gap/gap.json` keeps. Accuracies and shares are fractions, gaps
 * are validation minus test; rows of a confusion matrix are true classes in the order of `classes`.
 */
export const gapDocumentSchema = z.object({
  run: z.string(),
  sweep: z.string().nullable(),
  classes: z.array(z.string()).readonly(),
  overall: z.object({ validation: side, test: side, gap: estimate }),
  /** All metrics but accuracy, by their names in reports; none in documents of before. */
  metrics: z
    .array(z.object({ metric: z.enum(metricNames), ...bothSides(metricEstimate).shape, gap: metricEstimate }))
    .readonly()
    .default([]),
  per_class: z
    .array(
      z.object({
        class: z.string(),
        validation: classSide,
        test: classSide,
        /** Null where a side has no images of the class. */
        gap: z.object({
          recall: z.number().nullable(),
          ci95: interval,
          f1: z.number().nullable(),
          f1_ci95: interval,
        }),
      }),
    )
    .readonly(),
  confusion: z.object({
    ...bothSides(z.array(z.array(count).readonly()).readonly()).shape,
    /** Of fractions of a row; null rows have no images on a side. */
    difference: z.array(z.array(z.number()).readonly().nullable()).readonly(),
  }),
  calibration: bothSides(calibration),
  /** The surest first. */
  mistakes: bothSides(z.array(mistake).readonly()),
  leakage,
  selection: selection.nullable(),
  /** Of this run as the chosen trial of its sweep; null where there is none, and in documents of before. */
  forecast: forecastSchema.nullable().default(null),
  /** The looks at the test set of its sweep; none in documents of before. */
  openings: z.array(openingSchema).readonly().default([]),
  /** Null where it was not measured, and in documents of before. */
  shares: shares.nullable().default(null),
  shift: shift.nullable(),
  /** The largest measured part; null where none is larger than what is not explained. */
  cause: z.enum(['leakage', 'selection', 'shares', 'shift', 'test_leakage']).nullable(),
  parts: z.array(part).readonly(),
  /** Sentences. */
  explanation: z.array(z.string()).readonly(),
  /** What one group is called. */
  unit: z.enum(['photograph', 'scene', 'group']),
  /** The folder of report and figures: report.html, explanation.svg, classes.svg, confusion.svg, reliability.svg. */
  figures: z.string(),
});

export type GapDocument = z.output<typeof gapDocumentSchema>;
export type GapPart = GapDocument['parts'][number];
