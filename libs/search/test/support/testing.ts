export { prunerContract, type MakePruner } from './pruner-contract.ts';
export { exhaustiveSamplerContract, samplerContract, type MakeSampler } from './sampler-contract.ts';
export { listedSpaces, spaces } from './simulation.ts';
