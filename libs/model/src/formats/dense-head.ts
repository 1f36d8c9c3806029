import { readFile } from 'node:fs/promises';
import { UserError } from '@thaw/base';
import type { Tensor } from '@thaw/compute';
import { z } from 'zod';
import { readTensorflowJsFile } from './tensorflow-js-weights.ts';

/** A fully connected layer: activation(x kernel + bias). */
export interface DenseLayer {
  /** [in, units] */
  readonly kernel: Tensor;
  /** [units] */
  readonly bias: Tensor;
  readonly activation: 'linear' | 'relu' | 'softmax';
}

const topology = z.object({
  modelTopology: z.object({
    model_config: z.object({
      config: z.object({
        layers: z.array(
          z.object({
            class_name: z.string(),
            name: z.string(),
            config: z.looseObject({
              activation: z.enum(['linear', 'relu', 'softmax']).optional().catch(undefined),
            }),
          }),
        ),
      }),
    }),
  }),
});

/**
 * The fully connected layers of a TensorFlow.js model that `saveTensorflowJsModel` wrote, from pooled features to probabilities; of
 * several networks' mean those of the first. Throws UserError for a file of another kind.
 */
export async function loadDenseHead(file: string): Promise<DenseLayer[]> {
  const { weights } = await readTensorflowJsFile(file);
  const parsed = topology.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new UserError(`${file} is not a model that Thaw wrote`, { kind: 'damaged' });
  const byName = new Map(weights.map(({ name, tensor }) => [name, tensor]));
  const dense = parsed.data.modelTopology.model_config.config.layers.filter(
    ({ class_name }) => class_name === 'Dense',
  );
  const last = dense.findIndex(({ config }) => config.activation === 'softmax');
  return dense.slice(0, last + 1).map(({ name, config }) => {
    const [kernel, bias] = [byName.get(`${name}/kernel`), byName.get(`${name}/bias`)];
    if (!kernel || !bias || !config.activation)
      throw new UserError(`${file} has no whole layer ${name}`, { kind: 'damaged' });
    return { kernel, bias, activation: config.activation };
  });
}
