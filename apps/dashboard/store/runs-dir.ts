import { join } from 'node:path';

/** The name of the environment variable with the absolute path of the runs folder that the server was started with. */
export const runsDirVariable = 'THAW_RUNS_DIR';

export function runsDir(): string {
  return process.env[runsDirVariable] ?? 'runs';
}

/** Where what can be used again is kept. */
export function cacheDir(): string {
  return join(runsDir(), 'cache');
}
