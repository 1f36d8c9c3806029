import type { Method } from '@thaw/experiment';
import { createSampler, type SamplerOptions, type Trial } from '../src/index.ts';
import { functions, type FunctionName } from './functions.ts';

/** The best value that a method finds on a function in so many trials, one after another. */
export function bestValue(
  name: FunctionName,
  method: Method,
  trials: number,
  options: Pick<SamplerOptions, 'seed' | 'tpe'>,
): number {
  const { space, value } = functions[name];
  const sampler = createSampler(method, space, { goal: 'minimize', ...options });
  const done: Trial[] = [];
  while (done.length < trials) {
    const parameters = sampler.ask(done)!;
    done.push({ number: done.length, parameters, state: 'finished', value: value(parameters) });
  }
  return Math.min(...done.map((trial) => trial.value!));
}
