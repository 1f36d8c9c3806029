import type { ComparisonDocument, Estimate } from '@thaw/metrics';

/** The document of `runs compare --output`. */
export interface CompareDocument {
  readonly runs: readonly {
    readonly run: string;
    readonly parameters: Record<string, unknown>;
    /** Null where the validation images of the runs differ. */
    readonly validation: Estimate | null;
    readonly test: Estimate;
  }[];
  readonly images: { readonly validation: number | null; readonly test: number };
  /** Independent ones; null where no groups are known, and then every image counts as independent. */
  readonly groups: { readonly validation: number | null; readonly test: number } | null;
  readonly comparisons: readonly ComparisonDocument[];
  readonly notes: readonly string[];
}
