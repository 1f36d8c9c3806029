import type { Method } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { createSampler, GridSampler, samplers } from '../src/index.ts';
import { exhaustiveSamplerContract, samplerContract } from './sampler-contract.ts';

for (const method of Object.keys(samplers) as Method[]) {
  samplerContract(method, (space, options) => createSampler(method, space, options));
}
exhaustiveSamplerContract('grid', (space) => new GridSampler(space));

test.each([['grid', GridSampler]] as const)('the sampler of method %s', (method, expected) => {
  expect(createSampler(method, {}, { seed: 1, goal: 'maximize' })).toBeInstanceOf(expected);
});
