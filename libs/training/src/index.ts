export { extractFeatures, type ExtractFeaturesOptions } from './extract-features.ts';
export type { PhaseName, TrialObserver } from './observer.ts';
export { runTrial, type RunTrialOptions, type TrialResult } from './run-trial.ts';
export { TrialFailure } from './trial-failure.ts';
export { TrialMemory } from './trial-memory.ts';
