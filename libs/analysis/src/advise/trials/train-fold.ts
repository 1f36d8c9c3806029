import { UserError } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { EpochRecord, PredictionRow, Settings } from '@thaw/experiment';
import { runTrial, TrialFailure, type TrialMemory } from '@thaw/training';

/** What came of one training. */
export interface TrainedFold {
  /** What the network says of its validation images. */
  readonly rows: readonly PredictionRow[];
  readonly epochs: number;
  readonly seconds: number;
  /** Whether it would have gone on if there had been time. */
  readonly cut: boolean;
}

/** Null where there was no time for its first epoch. */
export type FoldOutcome = TrainedFold | { readonly failed: string } | null;

export interface TrainFoldOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly memory: TrialMemory;
  /** What it should take, in seconds: no epoch begins that would end later. */
  readonly allowed: number;
  /** Ends it at once. */
  readonly deadline: AbortSignal;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly onProgress: (seconds: number) => void;
}

/** Trains on one fold, in the time allowed. Throws only what `signal` aborts with and what is nobody's mistake. */
export async function trainFold(
  settings: Settings,
  dataset: Dataset,
  { engine, cacheDir, memory, allowed, deadline, signal, clock, onProgress }: TrainFoldOptions,
): Promise<FoldOutcome> {
  if (deadline.aborted) return null;
  const begun = clock();
  const seconds = () => (clock() - begun) / 1000;
  const told = () => {
    onProgress(seconds());
  };
  try {
    const { predictions, summary, pruned } = await runTrial(settings, {
      engine,
      cacheDir,
      memory,
      dataset,
      test: false,
      observer: { phase: told, batch: told, epoch: told },
      signal: AbortSignal.any([deadline, signal]),
      prune: (record: EpochRecord) => Promise.resolve(seconds() + record.seconds > allowed),
    });
    return { rows: predictions.validation, epochs: summary.epochs, seconds: seconds(), cut: pruned };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return null;
    if (isInfeasible(error)) return { failed: error.message };
    throw error;
  }
}

/** What a training ends with that cannot be done, or comes to nothing; other trainings may. */
export function isInfeasible(error: unknown): error is Error {
  return error instanceof TrialFailure || error instanceof UserError;
}
