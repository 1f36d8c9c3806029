import { headEpochs, type EpochRecord, type Settings, type TrainingSettings } from '@thaw/experiment';
import { learningRates } from './learning-rates.ts';

/** What trains in an epoch, and how fast. */
export interface Phase {
  readonly trainable: ReadonlySet<string>;
  /** Of each batch (from 0), when an epoch has so many. */
  rates(batches: number): (batch: number) => number;
}

interface Layers {
  readonly trainable: ReadonlySet<string>;
  readonly headLayers: readonly string[];
}

/**
 * The phase of an epoch: with `warm_head` the head alone at a constant rate first, as in Keras's guide to fine-tuning, then all that
 * trains in the scenario, by the schedule, which begins there.
 */
export function phaseOf(
  epoch: number,
  settings: Settings,
  { trainable, headLayers }: Layers,
  records: readonly EpochRecord[],
): Phase {
  const { training } = settings;
  const first = headEpochs(settings);
  if (epoch <= first) {
    const rate = rateOfHead(training);
    return { trainable: new Set(headLayers), rates: () => () => rate };
  }
  const place = { epoch: epoch - first, epochs: training.epochs - first, records: records.slice(first) };
  return { trainable, rates: (batches) => learningRates(training, { ...place, batches }) };
}

function rateOfHead({ warm_head, learning_rate }: TrainingSettings): number {
  return (warm_head && warm_head.learning_rate) || learning_rate;
}
