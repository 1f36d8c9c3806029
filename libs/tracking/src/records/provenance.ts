import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import tracking from '../../package.json' with { type: 'json' };

/** Where a run came from. Callers add what they know: engine, threads, seed, weights, data. No names of users or hosts. */
export const provenanceSchema = z.looseObject({
  /** Of the folder where the user works. */
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
  /** Thaw's own version, and the commit where it runs from a checkout of itself; absent in records of before. */
  thaw: z.object({ version: z.string(), commit: z.string().optional() }).optional(),
  node: z.string(),
  platform: z.string(),
  arch: z.string(),
  cpu: z.string(),
  cores: z.number(),
  memory_bytes: z.number(),
  /** Installed versions by package name; null for those that are not installed. */
  packages: z.record(z.string(), z.string().nullable()),
});

export type Provenance = z.output<typeof provenanceSchema>;

const run = promisify(execFile);
/** All parts of Thaw have one version. */
const { version } = tracking;

/**
 * Describes the code and the machine. `directory` is where the user works: `git` is the commit of its checkout and whether
 * tracked files differ from it (as `git describe --dirty` understands it), null without git or outside a checkout. `packages`
 * are looked up in the `node_modules` folders of `root` and above.
 */
export async function collectProvenance({
  directory,
  root = directory,
  packages = [],
}: {
  directory: string;
  root?: string;
  packages?: readonly string[];
}): Promise<Provenance> {
  const versions = packages.map(async (name) => [name, await installedVersion(root, name)] as const);
  return {
    git: await describeCheckout(directory),
    thaw: await describeThaw(),
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    packages: Object.fromEntries(await Promise.all(versions)),
  };
}

/** Without optional locks, so that workers do not disturb the user's own git. */
async function git(directory: string, ...words: string[]): Promise<string> {
  return (await run('git', ['--no-optional-locks', ...words], { cwd: directory })).stdout;
}

async function describeThaw(): Promise<NonNullable<Provenance['thaw']>> {
  const { dirname: folder, filename } = import.meta;
  try {
    // In a package that a project has installed, the checkout around it is the project's.
    if ((await git(folder, 'ls-files', filename)).trim() === '') return { version };
    return { version, commit: (await git(folder, 'rev-parse', '--verify', 'HEAD')).trim() };
  } catch {
    return { version };
  }
}

async function describeCheckout(directory: string): Promise<Provenance['git']> {
  try {
    const commit = (await git(directory, 'rev-parse', '--verify', 'HEAD')).trim();
    return {
      commit,
      dirty: (await git(directory, 'status', '--porcelain', '--untracked-files=no')).trim() !== '',
    };
  } catch {
    return null;
  }
}

async function installedVersion(root: string, name: string): Promise<string | null> {
  for (const folder of createRequire(resolve(root, 'package.json')).resolve.paths(name) ?? []) {
    const text = await readFile(join(folder, name, 'package.json'), 'utf8').catch(() => null);
    if (text !== null) return (JSON.parse(text) as { version: string }).version;
  }
  return null;
}
