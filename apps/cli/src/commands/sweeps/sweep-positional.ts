import type { PositionalOptions } from 'yargs';

/** One sweep. */
export const sweepPositional = {
  type: 'string',
  demandOption: true,
  describe: 'Its id, a beginning of it, or latest',
} as const satisfies PositionalOptions;
