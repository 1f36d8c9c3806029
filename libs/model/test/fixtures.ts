import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { tensor, type Network, type Tensor } from '@thaw/compute';
import { settingsSchema, type ModelSettings } from '@thaw/experiment';
import { File, ready, type Group } from 'h5wasm/node';
import { inject } from 'vitest';
import { weightShapes } from '../src/index.ts';

/** Settings of a model with the defaults filled in. */
export function modelSettings(settings: Partial<ModelSettings> = {}): ModelSettings {
  return { ...settingsSchema.parse({}).model, ...settings };
}

/** An empty folder of its own, removed at the end of the run. */
export function temporaryFolder(): string {
  return mkdtempSync(join(inject('runFolder'), 'model-'));
}

/** Weights of every layer of a network, each value of its own. */
export function randomWeights(network: Network, seed = 'weights'): Map<string, Tensor> {
  const random = new Random(seed);
  const shapes = [...weightShapes(network)];
  return new Map(
    shapes.map(([name, shape]) => {
      const weight = tensor(shape);
      for (let i = 0; i < weight.data.length; i++) weight.data[i] = random.uniform(-1, 1);
      return [name, weight];
    }),
  );
}

/** How Keras's file formats differ: where groups of layers are, and what layers and weights are called. */
export interface KerasLayout {
  readonly root?: string;
  readonly layerName?: (layer: string, index: number) => string;
  readonly weightName?: (layer: string, weight: string) => string;
}

/** Writes weights as Keras 2 and Keras 3's legacy format do; names of layers without weights are listed as well. */
export async function writeKerasHdf5(
  path: string,
  weights: ReadonlyMap<string, Tensor>,
  layout: KerasLayout = {},
): Promise<void> {
  const { root, layerName = (layer: string) => layer } = layout;
  const { weightName = (layer: string, weight: string) => `${layer}/${weight}:0` } = layout;
  await ready;
  const file = new File(path, 'w');
  const top = root === undefined ? file : file.create_group(root);
  const layers = [...new Set([...weights.keys()].map((name) => name.split('/')[0]!))];
  const names = layers.map(layerName);
  top.create_attribute('layer_names', ['input_1', ...names], null, `S${longest(['input_1', ...names])}`);
  top.create_group('input_1').create_attribute('weight_names', new Float64Array(0));
  for (const [index, layer] of layers.entries()) {
    const group = top.create_group(names[index]!);
    const own = [...weights].filter(([name]) => name.startsWith(`${layer}/`));
    const saved = own.map(([name]) => weightName(names[index]!, name.split('/')[1]!));
    group.create_attribute('weight_names', saved, null, `S${longest(saved)}`);
    for (const [place, [, { shape, data }]] of own.entries()) {
      const path = saved[place]!.split('/');
      const parent = makeGroups(group, path.slice(0, -1));
      parent.create_dataset({ name: path.at(-1)!, data, shape: [...shape] });
    }
  }
  file.close();
}

/** The group at a path, made with all groups on the way that are not there. */
export function makeGroups(parent: Group, path: readonly string[]): Group {
  return path.reduce((group, name) => {
    const entity = group.keys().includes(name) ? group.get(name) : group.create_group(name);
    return entity as Group;
  }, parent);
}

function longest(names: readonly string[]): number {
  return Math.max(...names.map((name) => name.length));
}
