import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import type { ClassificationReport } from '@thaw/metrics';

/** What a file says of one part: figures, or what was predicted for each image. */
export type PartResults =
  | { readonly report: ClassificationReport; readonly loss: number }
  | { readonly rows: readonly PredictionRow[] };

/** Results of another program, read from a file. */
export interface Results {
  /** Null where the file does not say. */
  readonly name: string | null;
  readonly program: string | null;
  readonly parameters: Record<string, unknown>;
  readonly classes: readonly string[];
  readonly epochs: readonly EpochRecord[];
  readonly validation: PartResults;
  readonly test: PartResults;
}
