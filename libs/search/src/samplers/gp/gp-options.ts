/** How thoroughly a Gaussian process is asked. */
export interface GpOptions {
  /** Trials that are drawn at random before the first proposal; at least 1. */
  readonly startupTrials: number;
  /** Points that are looked at for each proposal; a power of two spreads them evenly. */
  readonly looks: number;
  /** How many climbs begin: one at the best trial, the others at points that promise much. */
  readonly climbs: number;
  /** How often what running trials may give is drawn. */
  readonly draws: number;
}

/** As Optuna 5 has them. */
export const gpDefaults: GpOptions = { startupTrials: 10, looks: 2048, climbs: 10, draws: 128 };
