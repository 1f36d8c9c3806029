import type { Network, Tensor } from '@thaw/compute';
import { inKerasOrder } from '../formats/keras/layer-order.ts';
import { snakeCase } from '../formats/keras/snake-case.ts';
import { weightShapes } from '../shapes.ts';

/** A weight as a file holds it: its name or path there, and its values. */
export interface SavedWeight {
  readonly name: string;
  readonly tensor: Tensor;
}

export interface MatchedWeights {
  readonly weights: Map<string, Tensor>;
  /** One sentence for each weight that the file lacks or has in another shape. */
  readonly problems: string[];
}

/**
 * Finds a network's weights among those of a file, given in the file's order. By name where the file has Keras's names
 * (`Conv1/kernel:0`, also inside a nested model); by class and count in Keras 3's `.weights.h5`, which has no names; by
 * position, as Keras itself loads them, where layers have other names, as in early published files. Others in the file
 * are left out.
 */
export function matchWeights(
  saved: readonly SavedWeight[],
  network: Network,
  layers: ReadonlySet<string>,
): MatchedWeights {
  const expected = [...weightShapes(network)].filter(([name]) => layers.has(layerOf(name)));
  const names = expected.map(([name]) => name);
  const attempts = [
    matchByName(saved, names),
    matchByClass(saved, network, names),
    matchByPosition(saved, names),
  ]
    .filter((found) => found.size > 0)
    .map((found) => check(found, expected));
  return attempts.find(({ problems }) => problems.length === 0) ?? attempts[0] ?? check(new Map(), expected);
}

type Found = ReadonlyMap<string, Tensor>;

function check(found: Found, expected: readonly (readonly [string, readonly number[]])[]): MatchedWeights {
  const weights = new Map<string, Tensor>();
  const problems: string[] = [];
  for (const [name, shape] of expected) {
    const tensor = found.get(name);
    if (!tensor) problems.push(`${name} is missing`);
    else if (String(tensor.shape) !== String(shape)) {
      problems.push(`${name} has shape [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`);
    } else weights.set(name, tensor);
  }
  return { weights, problems };
}

function matchByName(saved: readonly SavedWeight[], names: readonly string[]): Found {
  const known = new Set(names);
  const found = new Map<string, Tensor>();
  const placed = saved.map(({ name, tensor }) => {
    const [layer, weight] = name.replace(/:\d+$/, '').split('/').slice(-2);
    return { layer: layer!, weight, tensor };
  });
  const numbered = new Set(
    placed.map(({ layer }) => layer).filter((layer) => /^normalization(_\d+)?$/.test(layer)),
  );
  for (const { layer: given, weight, tensor } of placed) {
    // Keras numbers the Normalizations of all models of a Python session; that of a file with one is the network's.
    const layer = numbered.size === 1 && numbered.has(given) ? 'normalization' : given;
    // Keras 3 calls a depthwise kernel `kernel`; TensorFlow.js calls the statistics of a Normalization as those of batch normalisation.
    const spellings = [weight, `depthwise_${weight}`, weight?.replace(/^moving_/, '')];
    const key = spellings.map((each) => `${layer}/${each}`).find((key) => known.has(key));
    if (key) found.set(key, tensor);
  }
  return found;
}

/** Keras 3: `layers/conv2d_4/vars/0` is the first weight of the fifth Conv2D in Keras's order, whatever its name. */
function matchByClass(saved: readonly SavedWeight[], network: Network, names: readonly string[]): Found {
  const values = new Map<string, Tensor>();
  for (const { name, tensor } of saved) {
    const path = /(?:^|\/)layers\/(\w+\/vars\/\d+)$/.exec(name);
    if (path) values.set(path[1]!, tensor);
  }

  const found = new Map<string, Tensor>();
  const counts = new Map<string, number>();
  for (const layer of inKerasOrder(network.layers, network.layers.at(-1)!.name)) {
    const className = snakeCase(layer.type);
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    for (const [index, name] of names.filter((name) => layerOf(name) === layer.name).entries()) {
      const tensor = values.get(`${className}${count > 0 ? `_${count}` : ''}/vars/${index}`);
      if (tensor) found.set(name, tensor);
    }
  }
  return found;
}

/** Only where there are as many as the network has; how many images a Normalization has seen is none of them. */
function matchByPosition(saved: readonly SavedWeight[], names: readonly string[]): Found {
  const ordered = saved.filter(({ name, tensor }) => tensor.shape.length > 0 || !/\bcount(:0)?$/.test(name));
  if (ordered.length !== names.length) return new Map();
  return new Map(names.map((name, index) => [name, ordered[index]!.tensor]));
}

function layerOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}
