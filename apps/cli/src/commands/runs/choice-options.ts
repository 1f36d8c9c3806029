import type { Options, PositionalOptions } from 'yargs';

/** Runs by what their columns say. */
export const whereOption = {
  type: 'string',
  requiresArg: true,
  describe:
    'Only runs for which this is true: columns compared with values (= != < <= > >= contains in), and, or, not',
} as const satisfies Options;

/** Runs by their names. */
export const runsPositional = {
  type: 'string',
  array: true,
  default: [] as string[],
  describe: 'Ids, beginnings of them, or latest',
} as const satisfies PositionalOptions;
