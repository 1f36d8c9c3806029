import { formulaWeight } from '@thaw/base/testing';
import { tensor, type Network, type Weights } from '@thaw/compute';
import { weightShapes } from '@thaw/model';

/** Weights by formula and factors, as golden/make_backbones.py makes them, which says what the factors are for. */
export function backboneFormulaWeights(network: Network): Weights {
  const shapes = weightShapes(network);
  const isResNet = shapes.has('conv1_conv/bias');
  return new Map(
    Array.from(shapes, ([key, shape]) => {
      // By its name alone, the variance of the input could be negative.
      const positive = key.replace('normalization/variance', 'normalization/moving_variance');
      const data = formulaWeight(positive, shape);
      const factor = factorOf(key, isResNet);
      return [key, tensor(shape, factor === 1 ? data : data.map((value) => value * factor))];
    }),
  );
}

function factorOf(key: string, isResNet: boolean): number {
  if (key === 'normalization/variance') return 1 / 8;
  if (isResNet && key === 'conv1_bn/moving_variance') return 2 ** 12;
  if (/_block\d+_3_bn\/gamma$/.test(key)) return 1 / 4;
  return 1;
}
