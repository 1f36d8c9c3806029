/** The options of Optuna's TPESampler, with its names in camel case. */
export interface TpeOptions {
  /** Trials that are drawn at random before the first estimate. */
  readonly startupTrials: number;
  /** Points that are drawn from the estimate of good trials; the most promising one is proposed. */
  readonly candidates: number;
  /** How many of so many trials count as good. */
  readonly gamma: (trials: number) => number;
  /** Weight of the parameters' own distributions beside that of an observation. */
  readonly priorWeight: number;
  /** Keeps kernels from becoming narrower than a share of the range that shrinks with the trials. */
  readonly magicClip: boolean;
  /** Lets kernels beside an end of the range reach to it. */
  readonly endpoints: boolean;
  /** Estimates the parameters that are in every trial together; false estimates each by itself. */
  readonly multivariate: boolean;
  /** With `multivariate`: also estimates together those that depend on others in the same way. */
  readonly group: boolean;
  /** Takes running trials for bad ones, so that workers do not crowd together. */
  readonly constantLiar: boolean;
}

/** As Optuna 5 has them. */
export const optunaDefaults: TpeOptions = {
  startupTrials: 10,
  candidates: 24,
  gamma: (trials) => Math.min(Math.ceil(0.1 * trials), 25),
  priorWeight: 1,
  magicClip: true,
  endpoints: false,
  multivariate: true,
  group: false,
  constantLiar: true,
};
