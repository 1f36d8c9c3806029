import { UserError } from '@thaw/base';
import type { Tensor } from '@thaw/compute';
import * as z from 'zod';
import { readSavedModel } from './saved-model.ts';

/** A fully connected layer: activation(x kernel + bias). */
export interface DenseLayer {
  /** [in, units] */
  readonly kernel: Tensor;
  /** [units] */
  readonly bias: Tensor;
  readonly activation: 'linear' | 'relu' | 'softmax';
}

const activation = z.enum(['linear', 'relu', 'softmax']).optional().catch(undefined);

/**
 * The fully connected layers of a TensorFlow.js model that `saveTensorflowJsModel` wrote, from pooled features to probabilities; of
 * several networks' mean those of the first. Throws UserError for a file of another kind.
 */
export async function loadDenseHead(file: string): Promise<DenseLayer[]> {
  const { topology, weights } = await readSavedModel(file);
  const byName = new Map(weights.map(({ name, tensor }) => [name, tensor]));
  const dense = topology.model_config.config.layers
    .filter(({ class_name }) => class_name === 'Dense')
    .map(({ name, config }) => ({ name, activation: activation.parse(config.activation) }));
  const last = dense.findIndex(({ activation }) => activation === 'softmax');
  return dense.slice(0, last + 1).map(({ name, activation }) => {
    const [kernel, bias] = [byName.get(`${name}/kernel`), byName.get(`${name}/bias`)];
    if (!kernel || !bias || !activation)
      throw new UserError(`${file} has no whole layer ${name}`, { kind: 'damaged' });
    return { kernel, bias, activation };
  });
}
