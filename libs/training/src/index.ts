export type { CheckpointOptions } from './checkpoint/checkpoints.ts';
export { extractFeatures, type ExtractFeaturesOptions } from './extract-features.ts';
export { OtherData } from './other-data.ts';
export { availableMemory } from './memory/available-memory.ts';
export { neededMemory } from './memory/require-memory.ts';
export type { PhaseName, TrialObserver } from './observer.ts';
export { runTrial, type RunTrialOptions, type TrialResult } from './run-trial.ts';
export { TrialFailure } from './trial-failure.ts';
export { TrialMemory } from './trial-memory.ts';
