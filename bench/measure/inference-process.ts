import { Random } from '@thaw/base';
import { createEngine, sizeOf, tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, initializeWeights } from '@thaw/model';
import { answer } from './in-own-process.ts';

export interface InferenceCost {
  /** Milliseconds an image of each batch. */
  readonly milliseconds: readonly number[];
}

const batch = 32;
const warmUpBatches = 2;

/** Times MobileNetV2 of alpha 1.0 at 224 x 224 in inference, batches of 32 from memory, a thread a core. */
answer(async ({ batches }: { batches: number }): Promise<InferenceCost> => {
  const { model } = settingsSchema.parse({ model: { weights: 'random' } });
  const { network } = buildModel(model, 2);
  const predictor = await createEngine('onnx').predictor(
    network,
    initializeWeights(network, new Random('bench')),
  );
  const random = new Random('bench inputs');
  const inputs = tensor([batch, ...network.input.shape]);
  for (let i = 0; i < sizeOf(inputs.shape); i++) inputs.data[i] = random.uniform(-1, 1);
  const milliseconds: number[] = [];
  for (let done = 0; done < warmUpBatches + batches; done++) {
    const start = performance.now();
    await predictor.predict(inputs);
    if (done >= warmUpBatches) milliseconds.push((performance.now() - start) / batch);
  }
  return { milliseconds };
});
