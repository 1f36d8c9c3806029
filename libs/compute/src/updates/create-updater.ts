import { sum, wasmBytes, WasmMemory } from '@thaw/base';
import type { Optimizer } from '../optimizer.ts';
import { decaysOf, gathersIn, rateFactorsOf, type UpdateOptions } from '../update-options.ts';
import { clipGradients } from './clip-gradients.ts';
import { addPenalties } from './penalties.ts';
import { simdAdam } from './simd-adam.ts';
import { ruleStateCount, stateCount, updateRule } from './update-rules.ts';
import type { Updater } from './updater.ts';
import { Vectors } from './vectors.ts';

/**
 * Starts from copies of these weights, by `<layer>/<weight>`; all state is zero. Everything as Keras 3 does it (keras/src/optimizers):
 * gradients are gathered, get the slopes of penalties, and are clipped; weights decay, then move by the rule, then their averages are
 * renewed. Averages begin as what the first move makes of the weights.
 */
export function createUpdater(
  optimizer: Optimizer,
  initial: ReadonlyMap<string, Float32Array>,
  options: UpdateOptions = {},
): Updater {
  const [keys, arrays] = [[...initial.keys()], [...initial.values()]];
  const kept = stateCount(optimizer, options);
  const gathers = gathersIn(options);
  // The sum of gradients is where gradients are.
  const memory = new WasmMemory(
    (2 + kept - Number(gathers)) * sum(arrays.map(({ byteLength }) => wasmBytes(byteLength))),
  );
  const zeros = () => arrays.map(({ length }) => memory.float32(length));
  const [weights, gradients] = [zeros(), zeros()];
  arrays.forEach((each, i) => {
    weights[i]!.set(each);
  });
  const own = ruleStateCount(optimizer);
  const remembered = Array.from({ length: kept }, (_, i) => (gathers && i === own ? gradients : zeros()));
  const states = weights.map((_, i) => remembered.map((each) => each[i]!));
  const ruleStates = states.map((each) => each.slice(0, own));
  const { accumulationSteps: steps = 1, emaMomentum: momentum } = options;
  const averages = momentum === undefined ? null : remembered.at(-1)!;
  const vectors = new Vectors(memory);
  const [factors, decays] = [rateFactorsOf(keys, options), decaysOf(keys, options)];
  const move = optimizer.name === 'adam' ? simdAdam(optimizer, memory) : updateRule(optimizer);
  return {
    weights,
    gradients,
    states,
    ...(averages && { averages }),
    update: (learningRate, iteration) => {
      if (iteration % steps > 0) return;
      if (gathers) for (const each of gradients) vectors.scale(each, 1 / steps);
      addPenalties(vectors, { keys, weights, gradients }, options.penalties);
      clipGradients(vectors, gradients, options);
      const moves = iteration / steps;
      weights.forEach((each, i) => {
        const rate = learningRate * factors[i]!;
        if (decays[i]! > 0) vectors.scale(each, 1 - decays[i]! * rate);
        move(each, gradients[i]!, ruleStates[i]!, { learningRate: rate, iteration: moves });
        if (averages && moves === 1) averages[i]!.set(each);
        else if (averages) vectors.mix(averages[i]!, each, momentum!, 1 - momentum!);
        if (gathers) gradients[i]!.fill(0);
      });
    },
  };
}
