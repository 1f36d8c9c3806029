import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder, without what npm and a run of the tests tell their own programs. Rejects with what it said where it fails. */
export async function runIn(folder: string, program: string, ...args: string[]): Promise<Said> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST|THAW_|INIT_CWD)/.test(name)),
  );
  return run(program, args, { cwd: folder, env, maxBuffer: 2 ** 26 });
}

/** Installs tarballs with npm in a folder that is made; false where the registry cannot be reached. */
export async function installIn(folder: string, ...packages: string[]): Promise<boolean> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  try {
    await runIn(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...packages);
    return true;
  } catch (error) {
    if (
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b/.test((error as Said).stderr)
    )
      return false;
    throw error;
  }
}
