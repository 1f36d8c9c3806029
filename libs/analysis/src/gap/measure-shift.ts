import { Random, UserError } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import type { ImageFile } from '@thaw/data';
import { domainShift } from '@thaw/metrics';
import type { GapDocument } from '@thaw/tracking';
import { extractFeatures } from '@thaw/training';
import type { RunData } from '../groups/data-of-run.ts';

export interface MeasureShiftOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  /** Of the run's pretrained backbone, which the file that its settings name may no longer be. */
  readonly weightsSha256: string | undefined;
  /** Whether a test image has no twin in training or validation; the others look like these, and say nothing of a shift. */
  readonly isClean: (file: string) => boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export type ShiftFigures = NonNullable<GapDocument['shift']>;

export interface MeasuredShift {
  readonly figures: ShiftFigures | null;
  /** Why it was not measured; null where it was. */
  readonly missing: string | null;
}

/** How far a run's test images are from its validation images of the same class, on the features of its pretrained backbone. */
export async function measureShift(
  found: RunData | { readonly missing: string },
  options: MeasureShiftOptions,
): Promise<MeasuredShift> {
  if ('missing' in found) return { figures: null, missing: found.missing };
  try {
    return { figures: await shiftOf(found, options), missing: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { figures: null, missing: `the backbone's features cannot be computed: ${error.message}` };
  }
}

async function shiftOf(
  { settings, dataset, groupOf }: RunData,
  options: MeasureShiftOptions,
): Promise<ShiftFigures> {
  const { classes, validation, depthRange } = dataset;
  const test = dataset.test.filter(({ name }) => options.isClean(name));
  const features = await extractFeatures([...validation, ...test], settings, { ...options, depthRange });
  const set = (images: readonly ImageFile[], rows: readonly Float32Array[]) => ({
    features: rows,
    labels: images.map(({ label }) => label),
    groups: images.map(({ name }) => groupOf(name)),
  });
  const { auc, ci95, perClass } = domainShift(
    set(validation, features.slice(0, validation.length)),
    set(test, features.slice(validation.length)),
    { random: new Random('shift', settings.split.seed) },
  );
  return {
    auc,
    ci95,
    per_class: perClass.map(({ class: index, validationGroups, testGroups, ...distance }) => ({
      class: classes[index]!,
      ...distance,
      validation_groups: validationGroups,
      test_groups: testGroups,
    })),
  };
}
