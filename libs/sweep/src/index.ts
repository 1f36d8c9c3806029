export { checkLeakage } from './begin/check-leakage.ts';
export { dataChanges, imagesOf } from './begin/data-changes.ts';
export { openSweep, type OpenSweep } from './begin/open-sweep.ts';
export { preflight, type SweepDataset, trialsOfAllSizes } from './begin/preflight.ts';
export { tryOut, type TryOutOptions } from './estimate/try-out.ts';
export { removeCheckpoints } from './executors/checkpoint-files.ts';
export { checkQueue } from './executors/create-executor.ts';
export { isProgramJob, isTrialJob } from './executors/executor.ts';
export type { Job, TrialEvent, TrialJob, TrialOutcome } from './executors/executor.ts';
export { throttledObserver } from './executors/throttled-observer.ts';
export { createGauge } from './progress/create-gauge.ts';
export type { Gauge } from './progress/gauge.ts';
export { outcomeLine } from './progress/outcome-line.ts';
export { ProgressLines } from './progress/progress-lines.ts';
export { SweepGauge } from './progress/sweep-gauge.ts';
export { TrialGauge } from './progress/trial-gauge.ts';
export { endSession } from './session/end-session.ts';
export {
  prepareSweep,
  type PreparationListener,
  type Prepared,
  type PrepareOptions,
} from './session/prepare-sweep.ts';
export { beginSweep, readySweep, type ReadySweep } from './session/ready-sweep.ts';
export { runSession } from './session/run-session.ts';
export { beginningWords, stoppingWords } from './session/session-words.ts';
export { Steering } from './session/steering.ts';
export type { SweepListener } from './sweep-listener.ts';
export type { SweepOptions, SweepSource } from './sweep-options.ts';
