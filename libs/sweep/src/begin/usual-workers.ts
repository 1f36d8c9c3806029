import { availableParallelism } from 'node:os';
import { createEngine, type Device, type EngineName } from '@thaw/compute';
import type { Settings } from '@thaw/experiment';
import { availableMemory, neededMemory } from '@thaw/training';

/** A trial whose images pass through the network uses this many cores well: while one thread computes, another reads and decodes. */
const coresOfTrial = 2;
/** A trial process before it trains: Node, ONNX Runtime, images in hand. */
const baseBytes = 6e8;
/** What may be taken of what is free. */
const share = 0.8;
/** Hardly matters for memory. */
const classes = 10;

export interface UsualWorkersOptions {
  readonly engine: EngineName;
  readonly device: Device;
  readonly cores?: number;
  readonly memory?: number;
}

/**
 * How many trials run at once where nobody says: one for two cores, or for each core where all train a head on features that are
 * computed once, but no more than memory holds of the largest; at least one.
 */
export async function usualWorkers(
  trials: readonly Settings[],
  { engine, device, cores = availableParallelism(), memory = availableMemory() }: UsualWorkersOptions,
): Promise<number> {
  const most = Math.floor(cores / (trials.every(trainsOnFeatures) ? 1 : coresOfTrial));
  if (most <= 1) return 1;
  const created = createEngine(engine, { sharedCores: true, device });
  let largest = 0;
  for (const settings of trials) {
    largest = Math.max(largest, (await neededMemory(settings, { classes, engine: created })) ?? 0);
  }
  return Math.max(1, Math.min(most, Math.floor((share * memory) / (baseBytes + largest))));
}

/** Augmented views are computed anew each epoch. */
function trainsOnFeatures({ model, augmentation }: Settings): boolean {
  return model.scenario === 'feature_extraction' && !augmentation;
}
