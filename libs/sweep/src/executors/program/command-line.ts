import { basename, delimiter, extname, join, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { UserError } from '@thaw/base';
import { macroOf, type Macro, type ParameterValues, type Program } from '@thaw/experiment';
import { pythonText } from './python-text.ts';

/** What starts a program, by the ending of its name; W&B knows Python alone. */
const interpreters: Readonly<Record<string, readonly string[]>> = {
  '.py': ['python', 'python3'],
  '.js': ['node'],
  '.mjs': ['node'],
  '.cjs': ['node'],
  '.ts': ['node'],
  '.sh': ['sh'],
  '.r': ['Rscript'],
  '.jl': ['julia'],
};

export interface CommandLineOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** A file with the parameters as JSON, for `${args_json_file}`. */
  readonly jsonFile: string;
}

/** The words that start a trial's program: its command with W&B's macros filled in. */
export function commandLine(
  { file, command, paths }: Program,
  parameters: ParameterValues,
  { environment, platform, jsonFile }: CommandLineOptions,
): string[] {
  const values = nested(parameters, paths);
  const entries = Object.entries(values).map(([name, value]) => [name, value, pythonText(value)] as const);
  const expanded: Record<Macro, () => string[]> = {
    env: () => (platform === 'win32' ? [] : ['/usr/bin/env']),
    interpreter: () => interpreterOf(file, environment),
    program: () => (file === null ? [] : [startable(file)]),
    args: () => entries.map(([name, , text]) => `--${name}=${text}`),
    args_no_hyphens: () => entries.map(([name, , text]) => `${name}=${text}`),
    args_no_equals: () => entries.flatMap(([name, , text]) => [`--${name}`, text]),
    args_no_boolean_flags: () =>
      entries.flatMap(([name, value, text]) => {
        if (value === false) return [];
        return value === true ? [`--${name}`] : [`--${name}=${text}`];
      }),
    args_json: () => [JSON.stringify(values)],
    args_json_file: () => [jsonFile],
  };
  return command.flatMap((item) => {
    const macro = macroOf(item);
    return macro === null ? [item] : expanded[macro]();
  });
}

/** Parameters as the file nests them: `optimizer.lr` of nested ones as `{optimizer: {lr}}`. */
export function nested(parameters: ParameterValues, paths: Program['paths']): Record<string, unknown> {
  // Without a prototype, so that a key `__proto__` is one like any other.
  const section = () => Object.create(null) as Record<string, unknown>;
  const root = section();
  for (const [name, value] of Object.entries(parameters)) {
    const path = paths[name] ?? [name];
    let here = root;
    for (const key of path.slice(0, -1)) here = (here[key] ??= section()) as Record<string, unknown>;
    here[path.at(-1)!] = value;
  }
  return root;
}

/** A program without an interpreter is itself what is started, and its bare name would be looked up on the PATH. */
function startable(file: string): string {
  const isBare = basename(file) === file && interpreters[extname(file).toLowerCase()] === undefined;
  return isBare ? `.${sep}${file}` : file;
}

/** The first of a program's interpreters that there is; none for a program that is started as it is. */
function interpreterOf(file: string | null, environment: NodeJS.ProcessEnv): string[] {
  const names = file === null ? interpreters['.py'] : interpreters[extname(file).toLowerCase()];
  if (names === undefined) return [];
  const found = names.find((name) => isOnPath(name, environment));
  if (found !== undefined) return [found];
  throw new UserError(
    `\${interpreter}: found no ${names.join(' or ')} on the PATH; allowed: one there, or a command that names another`,
  );
}

function isOnPath(name: string, { PATH = '', PATHEXT = '' }: NodeJS.ProcessEnv): boolean {
  const names = [name, ...PATHEXT.split(';').map((ending) => name + ending)];
  return PATH.split(delimiter).some((folder) => names.some((each) => existsSync(join(folder, each))));
}
