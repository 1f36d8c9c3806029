import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';
import type { Network, Weights } from '@thaw/compute';
import { weightShapes } from '../shapes.ts';
import { kerasTopology } from './keras-topology.ts';

const shard = 'weights.bin';

/**
 * Writes a network as a TensorFlow.js layers model, which `tf.loadLayersModel` opens with stock layers alone:
 * `model.json` (Keras topology, manifest, and the metadata under `userDefinedMetadata`) and `weights.bin` (float32).
 * model.json comes last, so that a folder that has it is whole. Throws RangeError when a weight is missing or misshapen.
 */
export async function saveTensorflowJsModel(
  folder: string,
  network: Network,
  weights: Weights,
  metadata: Readonly<Record<string, unknown>>,
): Promise<void> {
  const shapes = [...weightShapes(network)];
  const standardizing = new Set(network.layers.filter(isNormalization).map(({ name }) => name));
  const entries = shapes.map(([name, shape]) => {
    const [layer, weight] = name.split('/') as [string, string];
    // TensorFlow.js has batch normalisation in its place (`kerasTopology`).
    return { name: standardizing.has(layer) ? `${layer}/moving_${weight}` : name, shape, dtype: 'float32' };
  });
  const parts = shapes.map(([name, shape]) => {
    const weight = weights.get(name);
    if (String(weight?.shape) !== String(shape)) {
      throw new RangeError(`${name} has shape [${weight?.shape.join(', ')}], not [${shape.join(', ')}]`);
    }
    const { buffer, byteOffset, byteLength } = weight!.data;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  const model = {
    format: 'layers-model',
    generatedBy: 'Thaw',
    convertedBy: null,
    modelTopology: kerasTopology(network),
    weightsManifest: [{ paths: [shard], weights: entries }],
    userDefinedMetadata: metadata,
  };
  await writeFileAtomic(join(folder, shard), Buffer.concat(parts));
  await writeFileAtomic(join(folder, 'model.json'), JSON.stringify(model));
}

function isNormalization({ type }: Network['layers'][number]): boolean {
  return type === 'Normalization';
}
