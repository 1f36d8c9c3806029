export { accumulationProblem } from './accumulation-problem.ts';
export {
  augmentationSheet,
  augmentedViews,
  usualSheet,
  viewsOfImages,
  type AugmentedSettings,
  type ImageViews,
  type ShownImage,
  type ViewsOptions,
} from './augmented-views.ts';
export { averageNote } from './average-note.ts';
export type { CheckpointOptions } from './checkpoint/checkpoints.ts';
export { dearestPhase } from './dearest-phase.ts';
export { decayNotes } from './decay-notes.ts';
export { evaluateSaved, type EvaluateSavedOptions } from './evaluate-saved.ts';
export { loadNetworks, type KeptNetworks, type ModelFolder } from './saved-networks.ts';
export { keepsViews } from './keeps-views.ts';
export { rowsIn } from './sources/frozen-source.ts';
export { extractFeatures, type ExtractFeaturesOptions } from './sources/extract-features.ts';
export { availableMemory } from './memory/available-memory.ts';
export { neededMemory, requireMemory } from './memory/require-memory.ts';
export { mixes } from './mixing.ts';
export type { PhaseName, TrialObserver } from './observer.ts';
export { openEngine } from './open-engine.ts';
export { OtherData } from './other-data.ts';
export { refitTrial, type Refit, type RefitOptions } from './refit-trial.ts';
export { runTrial, type RunTrialOptions, type TrialResult } from './run-trial.ts';
export { symmetriesIn } from './sources/view.ts';
export { classWeightProblem } from './training-loss.ts';
export { TrialFailure } from './trial-failure.ts';
export { TrialMemory } from './memory/trial-memory.ts';
export { unfreezingNote } from './unfreezing-note.ts';
