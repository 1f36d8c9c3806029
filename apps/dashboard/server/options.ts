import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import { unknownNames } from '@thaw/experiment';
import yargs, { type Options } from 'yargs';
import type { ServerLimits } from './limits.ts';

export interface ServerOptions extends ServerLimits {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly runsDir: string;
  /** What a browser must bring; null where only this machine can ask. */
  readonly token: string | null;
  /** Whether more is told about errors. */
  readonly debug: boolean;
}

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** The name of the environment variable with a token of the user's own. */
const tokenVariable = 'THAW_TOKEN';

export const dashboardOptions = {
  port: {
    type: 'string',
    default: '3000',
    requiresArg: true,
    describe: 'Port; 0 takes any free one',
  },
  host: {
    type: 'string',
    default: '127.0.0.1',
    requiresArg: true,
    describe: `Address to listen on. Any other than this machine's own requires a token: ${tokenVariable}, or a new one that is printed at startup`,
  },
  'runs-dir': {
    type: 'string',
    default: 'runs',
    requiresArg: true,
    describe: 'Folder of runs and sweeps',
  },
  data: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'A folder that sweeps started from a page may read images and weights from; may be given again. The folder it is started in when absent',
  },
  'allow-programs': {
    type: 'boolean',
    default: false,
    describe: 'Let sweeps started from a page run programs of your own (`program:`)',
  },
  'read-only': {
    type: 'boolean',
    default: false,
    describe: 'Refuse everything that changes something: the server only shows',
  },
} as const satisfies Record<string, Options>;

/** What every command takes; the reference says it once. */
const logLevelOption = {
  choices: ['info', 'debug'],
  default: 'info',
  requiresArg: true,
  describe: 'How much is told about errors',
} as const satisfies Options;

/** Options from the command line; null when it only asked for help. A UserError for mistakes. */
export async function readOptions(
  args: readonly string[],
  environment: Record<string, string | undefined> = process.env,
): Promise<ServerOptions | null> {
  const parsed = await yargs([...args])
    .scriptName('npx nx run dashboard')
    .usage('Shows sweeps and runs in the browser, live.\n\nUsage: $0 [options]')
    .locale('en')
    .options(dashboardOptions)
    .option('log-level', logLevelOption)
    .example('npx nx run dashboard', 'http://127.0.0.1:3000')
    .strict()
    .version(false)
    .wrap(100)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      const found = error?.message ?? message ?? '';
      const known = {
        options: [...Object.keys(dashboardOptions), 'log-level', 'help'],
        spelt: (name: string) => `--${name}`,
      };
      throw new UserError(`${unknownNames(found, args, known) ?? found}\n--help shows what there is.`);
    })
    .parseAsync();
  if (parsed['help'] === true) return null;
  const host = once('host', parsed.host);
  return {
    port: portNumber(once('port', parsed.port)),
    host,
    runsDir: resolve(once('runs-dir', parsed['runs-dir'])),
    directory: process.cwd(),
    data: (parsed.data ?? []).map(dataFolder),
    programs: parsed['allow-programs'],
    readOnly: parsed['read-only'],
    token: loopback.includes(host) ? null : chooseToken(environment),
    debug: once('log-level', parsed['log-level']) === 'debug',
  };
}

/** yargs makes a list of an option that comes twice. */
function once(option: string, value: string | string[]): string {
  if (typeof value === 'string') return value;
  throw new UserError(`--${option} was given more than once`);
}

function dataFolder(written: string): string {
  const folder = resolve(written);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new UserError(`--data: found ${JSON.stringify(written)}; allowed: a folder that is there`);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(`--port: found ${JSON.stringify(text)}; allowed: a whole number from 0 to 65535`);
}

function chooseToken(environment: Record<string, string | undefined>): string {
  const token = environment[tokenVariable];
  if (token === undefined) return randomBytes(24).toString('base64url');
  if (token.length >= 16) return token;
  throw new UserError(
    `${tokenVariable} has ${token.length} characters; at least 16 are needed, hard to guess`,
  );
}
