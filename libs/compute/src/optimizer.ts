export interface Adam {
  readonly name: 'adam';
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
}

interface Sgd {
  readonly name: 'sgd';
  readonly momentum: number;
  readonly nesterov: boolean;
}

interface Rmsprop {
  readonly name: 'rmsprop';
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
}

interface Lion {
  readonly name: 'lion';
  readonly beta_1: number;
  readonly beta_2: number;
}

/** Optimisers with Keras's names, update rules and meaning of the parameters; the learning rate comes with each step. */
export type Optimizer = Adam | Sgd | Rmsprop | Lion;

/** Keras's defaults. */
export const adam: Adam = { name: 'adam', beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
export const sgd: Sgd = { name: 'sgd', momentum: 0, nesterov: false };
export const rmsprop: Rmsprop = { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 };
export const lion: Lion = { name: 'lion', beta_1: 0.9, beta_2: 0.99 };
