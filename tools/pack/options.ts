import { parseArgs } from 'node:util';
import { platforms } from './run-time-files.ts';

export interface PackOptions {
  /** Folder of the tarballs, as it was typed. */
  readonly output: string;
  /** Where the package is to run, platform/processor as Node names them. */
  readonly platforms: readonly string[];
}

export const help = `Writes the package thaw, and those of its libraries, to be installed elsewhere by their files.

Usage: npx nx run pack --output DIR

Options:
  --output    Folder of the tarballs                                             [required]
  --platform  all, or current: a smaller package for this kind of machine alone  [default: all]

Examples:
  npx nx run pack --output dist    then, elsewhere: npm install DIR/dist/thaw-*.tgz
`;

/** Options from the command line; null when it only asked for help. An Error for mistakes. */
export function readOptions(args: readonly string[]): PackOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      output: { type: 'string' },
      platform: { type: 'string', default: 'all' },
      help: { type: 'boolean', default: false },
    },
  });
  const { output, platform } = values;
  if (values.help) return null;
  if (output === undefined) throw new Error('--output says where the tarballs go');
  if (platform === 'all') return { output, platforms };
  if (platform !== 'current') throw new Error(`--platform: found ${platform}; allowed: all, current`);
  return { output, platforms: [`${process.platform}/${process.arch}`] };
}
