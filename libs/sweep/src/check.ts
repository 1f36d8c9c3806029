// Apart from index.ts, because whoever only checks what may run needs nothing that trains.
export { augmentedTrial } from './begin/augmented-trial.ts';
export { checkExperiment, readChecked, type CheckedExperiment } from './begin/check-experiment.ts';
export { checkResume } from './begin/check-resume.ts';
