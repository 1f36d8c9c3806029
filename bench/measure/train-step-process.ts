import { Random } from '@thaw/base';
import { createEngine, adam, sizeOf, tensor } from '@thaw/compute';
import { settingsSchema, type Scenario } from '@thaw/experiment';
import { buildModel, cutNetwork, initializeWeights } from '@thaw/model';
import { answer } from './in-own-process.ts';

export interface TrainStepOptions {
  readonly scenario: Scenario;
  readonly classes: number;
  /** Steps that are timed; two more come before. */
  readonly steps: number;
}

export interface TrainStepCost {
  /** Milliseconds an image of each step. */
  readonly milliseconds: readonly number[];
  readonly peakMemoryBytes: number;
}

const batch = 32;
const warmUpSteps = 2;

answer(timeSteps);

/**
 * Times the train step alone, MobileNetV2 of alpha 1.0 at 224 x 224, batches of 32: for feature_extraction and
 * partial_unfreeze from block_14 on the frozen part's output, for the others on images.
 */
async function timeSteps({ scenario, classes, steps }: TrainStepOptions): Promise<TrainStepCost> {
  const { model } = settingsSchema.parse({ model: { scenario, weights: 'random' } });
  const { network, trainable } = buildModel(model, classes);
  const weights = initializeWeights(network, new Random('bench'));
  const { suffix } = cutNetwork(network, trainable);
  const trainer = await createEngine('onnx').trainer(suffix, weights, { trainable, optimizer: adam });
  const random = new Random('bench inputs');
  const inputs = tensor([batch, ...suffix.input.shape]);
  for (let i = 0; i < sizeOf(inputs.shape); i++) inputs.data[i] = random.uniform(-1, 1);
  const labels = tensor([batch, classes]);
  for (let i = 0; i < batch; i++) labels.data[i * classes + random.int(classes)] = 1;

  const milliseconds: number[] = [];
  for (let step = 0; step < warmUpSteps + steps; step++) {
    const start = performance.now();
    await trainer.step(inputs, labels, 1e-3);
    if (step >= warmUpSteps) milliseconds.push((performance.now() - start) / batch);
  }
  return { milliseconds, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}
