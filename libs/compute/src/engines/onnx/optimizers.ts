import type { Optimizer } from '../../optimizer.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** How one optimiser updates one weight, written into a training graph; state arrays have the weight's shape. */
export interface UpdateRule {
  /** Names of the state arrays that it keeps for every weight; all start at zero. */
  readonly state: readonly string[];
  /** The new weight and the new state from the gradient and the step size. */
  update(
    graph: GraphBuilder,
    weight: Value,
    gradient: Value,
    state: readonly Value[],
    stepSize: Value,
  ): { weight: Value; state: Value[] };
  /** What the graph multiplies updates with at step `iteration` (from 1) of the given learning rate. */
  stepSize(learningRate: number, iteration: number): number;
}

/** The update rules of Keras 3 (keras/src/optimizers). */
export function updateRule(optimizer: Optimizer): UpdateRule {
  if (optimizer.name === 'adam') return adamRule(optimizer);
  if (optimizer.name === 'sgd') return sgdRule(optimizer);
  return rmspropRule(optimizer);
}

/** Kingma and Ba 2015, with the bias correction folded into the step size as Keras does. */
function adamRule({ beta_1, beta_2, epsilon }: Extract<Optimizer, { name: 'adam' }>): UpdateRule {
  return {
    state: ['momentum', 'velocity'],
    update(graph, weight, gradient, [momentum, velocity], stepSize) {
      const towards = (old: Value, target: Value, rate: number) =>
        graph.add(old, graph.mul(graph.sub(target, old), graph.floats(rate)));
      const newMomentum = towards(momentum!, gradient, 1 - beta_1);
      const newVelocity = towards(velocity!, graph.mul(gradient, gradient), 1 - beta_2);
      const denominator = graph.add(graph.op('Sqrt', [newVelocity]), graph.floats(epsilon));
      const change = graph.div(graph.mul(newMomentum, stepSize), denominator);
      return { weight: graph.sub(weight, change), state: [newMomentum, newVelocity] };
    },
    stepSize: (learningRate, iteration) =>
      (learningRate * Math.sqrt(1 - beta_2 ** iteration)) / (1 - beta_1 ** iteration),
  };
}

function sgdRule({ momentum, nesterov }: Extract<Optimizer, { name: 'sgd' }>): UpdateRule {
  return {
    state: momentum > 0 ? ['momentum'] : [],
    update(graph, weight, gradient, [velocity], stepSize) {
      const scaled = graph.mul(gradient, stepSize);
      if (!velocity) return { weight: graph.sub(weight, scaled), state: [] };
      const decay = (value: Value) => graph.sub(graph.mul(value, graph.floats(momentum)), scaled);
      const newVelocity = decay(velocity);
      return { weight: graph.add(weight, nesterov ? decay(newVelocity) : newVelocity), state: [newVelocity] };
    },
    stepSize: (learningRate) => learningRate,
  };
}

function rmspropRule({ rho, momentum, epsilon }: Extract<Optimizer, { name: 'rmsprop' }>): UpdateRule {
  return {
    state: momentum > 0 ? ['velocity', 'momentum'] : ['velocity'],
    update(graph, weight, gradient, [velocity, moving], stepSize) {
      const square = graph.mul(gradient, gradient);
      const newVelocity = graph.add(
        graph.mul(velocity!, graph.floats(rho)),
        graph.mul(square, graph.floats(1 - rho)),
      );
      const root = graph.op('Sqrt', [graph.add(newVelocity, graph.floats(epsilon))]);
      const increment = graph.div(graph.mul(gradient, stepSize), root);
      if (!moving) return { weight: graph.sub(weight, increment), state: [newVelocity] };
      const newMoving = graph.add(graph.mul(moving, graph.floats(momentum)), increment);
      return { weight: graph.sub(weight, newMoving), state: [newVelocity, newMoving] };
    },
    stepSize: (learningRate) => learningRate,
  };
}
