import { parseArgs } from 'node:util';
import { unknownName } from '@thaw/experiment';
import { platforms } from './run-time-files.ts';

export interface PackOptions {
  /** Folder of the tarballs, as it was typed. */
  readonly output: string;
  /** Where the package is to run, platform/processor as Node names them. */
  readonly platforms: readonly string[];
}

export interface PackArguments extends PackOptions {
  /** Whether more is told about errors. */
  readonly debug: boolean;
}

export const help = `Writes the package thaw, and those of its libraries, to be installed elsewhere by their files.

Usage: npx nx run pack --output DIR

Options:
  --output     Folder of the tarballs                                             [required]
  --platform   all, or current: a smaller package for this kind of machine alone  [default: all]
  --log-level  info, or debug: where an error came from                           [default: info]

Examples:
  npx nx run pack --output dist    then, elsewhere: npm install DIR/dist/thaw-*.tgz
`;

/** Options from the command line; null when it only asked for help. An Error for mistakes. */
export function readOptions(args: readonly string[]): PackArguments | null {
  const values = parse(args);
  const { output, platform, 'log-level': level } = values;
  if (values.help) return null;
  if (output === undefined) throw new Error('--output says where the tarballs go');
  if (!['info', 'debug'].includes(level))
    throw new Error(`--log-level: found ${level}; allowed: info, debug`);
  const debug = level === 'debug';
  if (platform === 'all') return { output, platforms, debug };
  if (platform !== 'current') throw new Error(`--platform: found ${platform}; allowed: all, current`);
  return { output, platforms: [`${process.platform}/${process.arch}`], debug };
}

function parse(args: readonly string[]) {
  const options = {
    output: { type: 'string' },
    platform: { type: 'string', default: 'all' },
    'log-level': { type: 'string', default: 'info' },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const unknown = /^Unknown option '--([^']+)'/.exec((error as Error).message)?.[1];
    if (unknown === undefined) throw error;
    throw new Error(
      unknownName('option', unknown, Object.keys(options), (name) => `--${name}`),
      { cause: error },
    );
  }
}
