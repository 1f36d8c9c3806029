/** Optimisers with Keras's names, update rules and meaning of the parameters; the learning rate comes with each step. */
export type Optimizer =
  | { readonly name: 'adam'; readonly beta_1: number; readonly beta_2: number; readonly epsilon: number }
  | { readonly name: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly name: 'rmsprop'; readonly rho: number; readonly momentum: number; readonly epsilon: number };

/** Keras's defaults. */
export const adam: Optimizer = { name: 'adam', beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
export const sgd: Optimizer = { name: 'sgd', momentum: 0, nesterov: false };
export const rmsprop: Optimizer = { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 };
