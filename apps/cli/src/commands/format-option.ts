import type { Options } from 'yargs';

export const listFormats = ['table', 'json', 'csv'] as const;
export type ListFormat = (typeof listFormats)[number];

/** How a list is printed. */
export const formatOption = {
  choices: listFormats,
  default: 'table',
  requiresArg: true,
  describe: 'How the list is printed',
} as const satisfies Options;

/** How much of a list is printed. */
export const limitOption = {
  type: 'string',
  requiresArg: true,
  describe: 'Only the first N of the list',
} as const satisfies Options;

/** Where a list goes besides. */
export const listOutputOption = {
  type: 'string',
  requiresArg: true,
  describe: 'Also write the list to this file, as JSON, or as CSV with --format csv',
} as const satisfies Options;
