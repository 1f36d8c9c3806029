/** The name of the environment variable with the absolute path of the runs folder that the server was started with. */
export const runsDirVariable = 'THAW_RUNS_DIR';

export function runsDir(): string {
  return process.env[runsDirVariable] ?? 'runs';
}
