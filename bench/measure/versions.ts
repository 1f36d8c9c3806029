import { readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommand, scriptCommand, type CommandCost, type CommandOptions } from './run-command.ts';

const root = resolve(import.meta.dirname, '../..');

/** A Thaw to be measured, by what starts its command line. */
export interface Version {
  readonly command: readonly string[];
  /** The folder that it runs in. */
  readonly cwd: string;
}

/** That of a checkout whose packages are installed, this one by default, as its own package.json starts it. */
export function sourceOf(checkout: string = root): Version {
  const cwd = resolve(checkout);
  const { nx } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as RootPackage;
  const program = nx.targets['sweep']!.options.command.split(' ').find((word) => word.endsWith('.ts'))!;
  return { command: scriptCommand(program), cwd };
}

interface RootPackage {
  readonly nx: {
    readonly targets: Readonly<Record<string, { readonly options: { readonly command: string } }>>;
  };
}

/** The same as its users start it. */
export function throughNx(checkout: string = root): Version {
  return { command: ['npx', 'nx', 'run'], cwd: resolve(checkout) };
}

/** Packs this one, and installs that in a folder of `scratch` as a user would. */
export async function installed(scratch: string): Promise<Version> {
  const [tarballs, cwd] = [join(scratch, 'tarballs'), join(scratch, 'installed')];
  const options = ['--output', tarballs, '--platform', 'current'];
  await runCommand(scriptCommand(join(root, 'tools/pack/main.ts'), ...options), { cwd: root });
  const thaw = (await readdir(tarballs)).find((name) => /^thaw-\d.*\.tgz$/.test(name))!;
  await mkdir(cwd);
  await writeFile(join(cwd, 'package.json'), '{ "private": true }\n');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await runCommand(['npm', 'install', ...quiet, join(tarballs, thaw)], { cwd });
  return { command: [join(cwd, 'node_modules/.bin/thaw')], cwd };
}

/** Runs a command of Thaw and counts what it takes. */
export function runThaw(
  { command, cwd }: Version,
  args: readonly string[],
  options: Pick<CommandOptions, 'exitCode'> = {},
): Promise<CommandCost> {
  return runCommand([...command, ...args], { cwd, ...options });
}
