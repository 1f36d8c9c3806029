export interface SessionOptions {
  /** Waiting threads spin for a moment, which is faster, unless other processes compute on the same cores. */
  readonly sharedCores: boolean;
  /** One a core when left out. */
  readonly threads?: number;
  /** `cpu` when left out. */
  readonly device?: 'cpu' | 'webgpu';
}
