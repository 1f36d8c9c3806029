import {
  fineTuning,
  headEpochs,
  type EpochRecord,
  type Settings,
  type TrainingSettings,
} from '@thaw/experiment';
import type { Model } from '@thaw/model';
import { learningRates } from './learning-rates.ts';

/** What trains in an epoch, and how fast. */
export interface Phase {
  readonly trainable: ReadonlySet<string>;
  /** Of each batch (from 0), when an epoch has so many. */
  rates(batches: number): (batch: number) => number;
}

type Layers = Pick<Model, 'trainable' | 'headLayers' | 'depths'>;

/**
 * The phase of an epoch: with `warm_head` the head alone at a constant rate first, as in Keras's guide to fine-tuning, then all that
 * trains in the scenario, by the schedule, which begins there; with `gradual_unfreezing` block after block of it, from the head down
 * (Howard and Ruder 2018).
 */
export function phaseOf(
  epoch: number,
  settings: Settings,
  layers: Layers,
  records: readonly EpochRecord[],
): Phase {
  const { training } = settings;
  const first = headEpochs(settings);
  if (epoch <= first) {
    const rate = rateOfHead(training);
    return { trainable: new Set(layers.headLayers), rates: () => () => rate };
  }
  const place = { epoch: epoch - first, epochs: training.epochs - first, records: records.slice(first) };
  const trainable = unfrozen(epoch - first, settings, layers);
  return { trainable, rates: (batches) => learningRates(training, { ...place, batches }) };
}

/** The first epoch of the phase that an epoch is in. */
export function phaseBegin(epoch: number, settings: Settings, layers: Layers): number {
  const trains = (at: number) => phaseOf(at, settings, layers, []).trainable.size;
  let first = epoch;
  while (first > 1 && trains(first - 1) === trains(epoch)) first--;
  return first;
}

/** How many epochs each phase has, in order: in each the same layers train, by one optimiser. */
export function phaseLengths(settings: Settings, layers: Layers): number[] {
  const lengths: number[] = [];
  let training = 0;
  for (let epoch = 1; epoch <= settings.training.epochs; epoch++) {
    const { size } = phaseOf(epoch, settings, layers, []).trainable;
    if (size === training) lengths[lengths.length - 1]! += 1;
    else lengths.push(1);
    training = size;
  }
  return lengths;
}

/** What trains in an epoch (from 1) after the head's own. */
function unfrozen(
  epoch: number,
  { training: { gradual_unfreezing }, model: { scenario } }: Settings,
  { trainable, depths }: Layers,
): ReadonlySet<string> {
  if (!gradual_unfreezing || !fineTuning.includes(scenario)) return trainable;
  const deepest = Math.ceil(epoch / gradual_unfreezing.epochs) * gradual_unfreezing.blocks;
  return new Set([...trainable].filter((layer) => (depths.get(layer) ?? 0) <= deepest));
}

function rateOfHead({ warm_head, learning_rate }: TrainingSettings): number {
  return (warm_head && warm_head.learning_rate) || learning_rate;
}
