import { Random } from '@thaw/base';
import { adam, createEngine, sizeOf, tensor } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { backboneOf, buildModel, initializeWeights } from '@thaw/model';
import { answer } from './in-own-process.ts';

export interface BackboneWork {
  readonly backbone: string;
  /** Features of images, or a training step of every layer. */
  readonly work: 'features' | 'step';
  /** Side of the images, pixels. */
  readonly size: number;
  readonly batch: number;
  /** Batches that are timed; two more come before. */
  readonly batches: number;
}

/** Of each batch, milliseconds an image by the clock and of all processors, and the most memory that the process took. */
export interface BackboneCost {
  readonly milliseconds: readonly number[];
  readonly cpuMilliseconds: readonly number[];
  readonly peakMemoryBytes: number;
}

const warmUpBatches = 2;
const classes = 4;

answer(async ({ backbone, work, size, batch, batches }: BackboneWork): Promise<BackboneCost> => {
  const random = new Random('bench inputs');
  const inputs = tensor([batch, size, size, 3]);
  for (let i = 0; i < sizeOf(inputs.shape); i++) inputs.data[i] = random.uniform(-1, 1);
  const labels = tensor([batch, classes]);
  for (let i = 0; i < batch; i++) labels.data[i * classes + random.int(classes)] = 1;
  const run = await (work === 'features' ? features(backbone, size) : step(backbone, size));

  const [milliseconds, cpuMilliseconds]: [number[], number[]] = [[], []];
  for (let done = 0; done < warmUpBatches + batches; done++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(cpu);
    if (done < warmUpBatches) continue;
    milliseconds.push((performance.now() - start) / batch);
    cpuMilliseconds.push((user + system) / 1000 / batch);
  }
  return { milliseconds, cpuMilliseconds, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };

  async function features(name: string, imageSize: number) {
    const network = backboneOf({ backbone: name }).network({ alpha: 1, imageSize });
    const weights = initializeWeights(network, new Random('bench'));
    const predictor = await createEngine('onnx').predictor(network, weights, { imagesAtOnce: batch });
    return () => predictor.predict(inputs);
  }

  async function step(name: string, imageSize: number) {
    const { model } = settingsSchema.parse({
      model: { backbone: name, image_size: imageSize, scenario: 'full_fine_tune', weights: 'random' },
    });
    const { network, trainable } = buildModel(model, classes);
    const weights = initializeWeights(network, new Random('bench'));
    const trainer = await createEngine('onnx').trainer(network, weights, { trainable, optimizer: adam });
    return () => trainer.step(inputs, labels, 1e-3);
  }
});
