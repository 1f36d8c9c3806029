import type { Crossing, Leakage } from '@thaw/data';
import type { GapFigures, Interval } from '@thaw/metrics';
import type { FileMistake } from './mistakes.ts';

/** What is known of photographs on both sides of the split. */
export interface LeakageFigures {
  /** Null where the images could not be looked at. */
  readonly validation_images_with_a_twin_in_training: number | null;
  /** The share of the validation images that those are. */
  readonly fraction: number | null;
  /** Whether the groups are named by the settings or found by looking at the images. */
  readonly origin: Leakage['origin'] | null;
  /** Groups in all parts together. */
  readonly groups: number | null;
  readonly crossings: readonly Crossing[];
  /** The same trial on grouped splits, one entry a split; null where that was not measured. */
  readonly retrained:
    | readonly {
        readonly split_seed: number;
        readonly val_accuracy: number;
        readonly test_accuracy: number;
        readonly gap: number;
      }[]
    | null;
}

/** How optimistic it is to report the best of several trials on the images that chose it. */
export interface SelectionFigures {
  readonly trials: number;
  readonly optimism: number;
  readonly ci95: Interval | null;
}

/** How well validation and test images can be told apart. */
export interface ShiftFigures {
  /** Area under the ROC curve: 0.5 where they cannot be told apart, 1 where always; null where groups are too few. */
  readonly auc: number | null;
  readonly ci95: Interval | null;
  readonly per_class: readonly ClassShiftFigures[];
}

interface ClassShiftFigures {
  readonly class: string;
  /** Energy distance, 0 to 1; null where groups are too few. */
  readonly distance: number | null;
  /** What 95 of 100 random divisions of the same groups stay below. */
  readonly chance95: number | null;
  readonly p: number | null;
  readonly validation_groups: number;
  readonly test_groups: number;
}

/** A part of the gap. The values of all parts add up to the gap. */
export interface GapPart {
  readonly part: 'leakage' | 'selection' | 'shift' | 'rest';
  /** Fraction; null where it was not measured, and then it is in the rest. */
  readonly value: number | null;
  readonly ci95: Interval | null;
  /** Why it was not measured, as a clause. */
  readonly missing: string | null;
}

/** The document that `gap --output` writes. */
export interface GapDocument extends GapFigures {
  readonly run: string;
  readonly sweep: string | null;
  readonly mistakes: { readonly validation: readonly FileMistake[]; readonly test: readonly FileMistake[] };
  readonly leakage: LeakageFigures;
  readonly selection: SelectionFigures | null;
  readonly shift: ShiftFigures | null;
  /** The largest measured part; null where none is larger than what is not explained. */
  readonly cause: 'leakage' | 'selection' | 'shift' | null;
  readonly parts: readonly GapPart[];
  readonly explanation: readonly string[];
  /** Where report and figures are. */
  readonly figures: string;
}
