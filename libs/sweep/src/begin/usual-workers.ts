import { availableParallelism } from 'node:os';
import { createEngine, type Device, type EngineName } from '@thaw/compute';
import type { Settings } from '@thaw/experiment';
import { availableMemory, neededMemory } from '@thaw/training';

/** A trial whose images pass through the network uses this many cores well: while one thread computes, another reads and decodes. */
const coresOfTrial = 2;
/** With no more pixels in a batch, threads have so little to share that two trials side by side are quicker than one after the other. */
const fewPixels = 2 ** 18;
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
 * How many trials run at once where nobody says: one for two cores, or for each core where all train on little at a time, but no more
 * than memory holds of the largest; at least one.
 */
export async function usualWorkers(
  trials: readonly Settings[],
  { engine, device, cores = availableParallelism(), memory = availableMemory() }: UsualWorkersOptions,
): Promise<number> {
  const most = Math.floor(cores / (trials.every(trainsOnLittle) ? 1 : coresOfTrial));
  if (most <= 1) return 1;
  const created = createEngine(engine, { sharedCores: true, device });
  let largest = 0;
  for (const settings of trials) {
    largest = Math.max(largest, (await neededMemory(settings, { classes, engine: created })) ?? 0);
  }
  return Math.max(1, Math.min(most, Math.floor((share * memory) / (baseBytes + largest))));
}

/** On features that are computed once, as those of augmented views are not, or on small batches of small images. */
function trainsOnLittle({ model, augmentation, training }: Settings): boolean {
  if (model.scenario === 'feature_extraction' && !augmentation) return true;
  return training.batch_size * model.image_size ** 2 <= fewPixels;
}
