import type { EpochRecord, TrialState } from '@thaw/experiment';
import type { ClassificationReport } from '@thaw/metrics';
import type { PredictedPart } from './prediction-table.ts';

/** What a file says of one part: figures, or what was predicted for each image. */
export type PartResults = { readonly report: ClassificationReport; readonly loss: number } | PredictedPart;

/** How a run of another program went, where it says so. */
export interface Outcome {
  readonly state: TrialState;
  readonly error: string | null;
  /** ISO 8601, UTC; null where it does not say. */
  readonly created: string | null;
  readonly seconds: number | null;
}

/** Results of another program, read from a file. */
export interface Results {
  /** Null where the file does not say. */
  readonly name: string | null;
  readonly program: string | null;
  readonly parameters: Record<string, unknown>;
  /** Null where it has results of neither part. */
  readonly classes: readonly string[] | null;
  readonly epochs: readonly EpochRecord[];
  /** Null for a part that the file has nothing of. */
  readonly validation: PartResults | null;
  readonly test: PartResults | null;
  /** What it says of the whole run, under the program's own names. */
  readonly figures: Readonly<Record<string, number>>;
  /** Null where it does not say: then it has finished. */
  readonly outcome: Outcome | null;
  /** The experiment that it was part of, in the program's words; null where there is none. */
  readonly experiment: string | null;
  /** What may be wrong with what was read, in sentences. */
  readonly notes: readonly string[];
}

/** Results of which nothing but what is given is known. */
export function someResults(known: Partial<Results>): Results {
  return {
    name: null,
    program: null,
    parameters: {},
    classes: null,
    epochs: [],
    validation: null,
    test: null,
    figures: {},
    outcome: null,
    experiment: null,
    notes: [],
    ...known,
  };
}
