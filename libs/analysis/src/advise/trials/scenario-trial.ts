import { sum } from '@thaw/base';
import type { PredictionRow, Scenario } from '@thaw/experiment';
import type { FoldOutcome, TrainedFold } from './train-fold.ts';

/** What a scenario has come to so far, fold by fold. */
export class ScenarioTrial {
  readonly scenario: Scenario;
  /** Why its training failed; null where it did not. */
  failed: string | null = null;
  readonly #folds = new Map<number, TrainedFold>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  /** Of a fold that was trained before, the training of more epochs counts. */
  note(fold: number, outcome: FoldOutcome): void {
    if (!outcome) return;
    if ('failed' in outcome) this.failed = outcome.failed;
    else if ((this.#folds.get(fold)?.epochs ?? 0) <= outcome.epochs) this.#folds.set(fold, outcome);
  }

  get rows(): PredictionRow[] {
    return this.#trained.flatMap(({ rows }) => rows);
  }

  get epochs(): number[] {
    return this.#trained.map(({ epochs }) => epochs);
  }

  get seconds(): number {
    return sum(this.#trained.map(({ seconds }) => seconds));
  }

  /** Folds whose training would have gone on if there had been time. */
  get cut(): number {
    return this.#trained.filter(({ cut }) => cut).length;
  }

  get accuracy(): number {
    const { rows } = this;
    return rows.filter(({ label, predicted }) => label === predicted).length / rows.length;
  }

  /**
   * Of so many folds those that it was not trained on, or not to the end; none where as many seconds as are allowed would not
   * get a training much further than those were that the time ended, or not as far as the others.
   */
  unfinished(folds: number, allowed: (count: number) => number): number[] {
    const open = Array.from({ length: folds }, (_, fold) => fold).filter(
      (fold) => this.#folds.get(fold)?.cut !== false,
    );
    const usual = this.seconds / this.#folds.size;
    return allowed(open.length) < usual * (this.cut > 0 ? muchFurther : 1) ? [] : open;
  }

  get #trained(): TrainedFold[] {
    return [...this.#folds.entries()].sort(([a], [b]) => a - b).map(([, trained]) => trained);
  }
}

/** Times the seconds of a training that was ended. */
const muchFurther = 1.25;
