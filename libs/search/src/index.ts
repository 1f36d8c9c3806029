export { bestTrial } from './best-trial.ts';
export { pedAnova } from './importance/ped-anova.ts';
export type { Importance, MeasuredTrial, ParameterDomain } from './importance/ped-anova.ts';
export type { Sampler, SamplerOptions, SearchSpace } from './sampler.ts';
export { createSampler, samplers } from './samplers.ts';
export { GridSampler } from './samplers/grid-sampler.ts';
export type { Trial } from './trial.ts';
