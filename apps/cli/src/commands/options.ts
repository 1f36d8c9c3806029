import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { FilesDataset, SettingsPaths } from '@thaw/experiment';
import type { Options, PositionalOptions } from 'yargs';

/** Where runs, sweeps and caches are. */
export const runsDirOption = {
  type: 'string',
  default: 'runs',
  requiresArg: true,
  describe: 'Folder of runs, sweeps and caches',
} as const satisfies Options;

/** The run or sweep that a command is about. */
export const idPositional = {
  type: 'string',
  demandOption: true,
  describe: 'Its id, a beginning of it, or latest',
} as const satisfies PositionalOptions;

/** One run. */
export const runOption = {
  type: 'string',
  requiresArg: true,
  describe: 'The run: its id, a beginning of it, or latest',
} as const satisfies Options;

/** One sweep, for its best run. */
export const bestOfSweepOption = {
  type: 'string',
  requiresArg: true,
  describe: 'The best run of this sweep by its validation metric: its id, a beginning of it, or latest',
} as const satisfies Options;

/** The images to look at. */
export const dataOption = {
  type: 'string',
  demandOption: true,
  requiresArg: true,
  describe: 'Folder of images',
} as const satisfies Options;

/** How they are laid out. */
export const layoutOption = {
  choices: [
    'train-test-folders',
    'class-folders',
    'csv',
  ] as const satisfies readonly FilesDataset['layout'][],
  requiresArg: true,
  describe: 'How the folder is laid out; detected when absent',
} as const satisfies Options;

/** What else an experiment file would say of them. */
export const dataSetOption = {
  type: 'string',
  array: true,
  nargs: 1,
  describe:
    'A setting of dataset as an experiment file has it, dataset.KEY=value: dataset.csv.label_column=cell, dataset.classes=nested; may be given again',
} as const satisfies Options;

/** Where the images of a run have moved to. */
export const movedOption = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'dataset.path=DIR: where the images of the run lie now, if they have moved',
} as const satisfies Options;

/** The value of `movedOption`; undefined where it is not given. Throws UserError for other settings. */
export function movedImages(set: readonly string[] = []): SettingsPaths | undefined {
  const [moved] = set;
  if (moved === undefined) return undefined;
  const [setting, path] = [
    moved.slice(0, moved.indexOf('=')).trim(),
    moved.slice(moved.indexOf('=') + 1).trim(),
  ];
  if (set.length === 1 && setting === 'dataset.path' && path !== '') {
    return { 'dataset.path': resolve(path) };
  }
  throw new UserError(
    `--set ${set.join(' --set ')}: allowed: dataset.path=DIR alone, where the images of the run have moved to; its other settings are those that it was trained with`,
  );
}

/** Where a report goes. */
export const reportFileOption = {
  type: 'string',
  requiresArg: true,
  describe:
    'The HTML file to write, in place of one that is there; without it one of the id in the current folder',
} as const satisfies Options;

/** Where the JSON document goes. */
export const outputOption = {
  type: 'string',
  requiresArg: true,
  describe: 'Also write the results to this file, as JSON, in place of one that is there',
} as const satisfies Options;

/** How much is told. */
export const logLevelOption = {
  choices: ['info', 'debug'],
  default: 'info',
  requiresArg: true,
  describe: 'How much is told about errors and trial processes',
} as const satisfies Options;

/**
 * A whole number of at least 1 from an option's text. Read from text and not by yargs, which makes NaN of what is no number
 * and 1 of `--workers` alone.
 */
export function positiveInteger(option: string, text: string): number {
  return wholeNumber(option, text, 1);
}

/** The same, of at least `least` and at most `most`. */
export function wholeNumber(option: string, text: string, least: number, most = Infinity): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
  throw new UserError(`--${option}: found ${JSON.stringify(text)}; allowed: a whole number ${range}`);
}
