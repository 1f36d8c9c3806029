import type { Note } from '@thaw/base';
import type { Settings, Summary } from '@thaw/experiment';
import type { TrialObserver } from '@thaw/training';

/** Who hears how far long work is. */
export interface AnalysisListener {
  /** Something begins that is not counted. */
  begin(phase: string): void;
  /** How many of something are done; another `phase` begins a new count. */
  count(phase: string, done: number, total: number): void;
  /** The `number`-th (from 0) of `trials` trainings begins. */
  beginTrial(number: number, trials: number, settings: Settings): TrialObserver;
  endTrial(number: number, settings: Settings, summary: Summary): void;
  /** A sentence that a reader should not miss, such as which engine computes instead of the one asked for. */
  readonly note: Note;
}

const nothing = () => undefined;

/** For whoever waits without watching. */
export const silent: AnalysisListener = {
  begin: nothing,
  count: nothing,
  beginTrial: () => ({ phase: nothing, batch: nothing, epoch: nothing }),
  endTrial: nothing,
  note: nothing,
};
