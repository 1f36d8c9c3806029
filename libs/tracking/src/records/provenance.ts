import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Where a run came from. Callers add what they know: engine, threads, seed, weights, data. No names of users or hosts, no paths. */
export const provenanceSchema = z.looseObject({
  git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
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

/**
 * Describes the code and the machine. `root` is the checkout's folder: `git` is its commit and whether tracked files differ
 * from it (as `git describe --dirty` understands it), null without git or outside a checkout. `packages` are looked up in
 * the `node_modules` folders of `root` and above.
 */
export async function collectProvenance({
  root,
  packages = [],
}: {
  root: string;
  packages?: readonly string[];
}): Promise<Provenance> {
  const versions = packages.map(async (name) => [name, await installedVersion(root, name)] as const);
  return {
    git: await describeCheckout(root),
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    packages: Object.fromEntries(await Promise.all(versions)),
  };
}

async function describeCheckout(root: string): Promise<Provenance['git']> {
  // Without optional locks, so that workers do not disturb the user's own git.
  const git = async (...words: string[]) =>
    (await run('git', ['--no-optional-locks', ...words], { cwd: root })).stdout;
  try {
    const commit = (await git('rev-parse', '--verify', 'HEAD')).trim();
    return { commit, dirty: (await git('status', '--porcelain', '--untracked-files=no')).trim() !== '' };
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
