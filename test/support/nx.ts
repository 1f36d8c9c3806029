import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Makes a folder a workspace like this one with runs of its own; `targets` of its root project are those of this one by default. */
export function makeWorkspace(folder: string, targets?: object): void {
  mkdirSync(folder, { recursive: true });
  for (const name of ['.env', 'nx.json', 'package.json']) copyFileSync(join(root, name), join(folder, name));
  for (const name of ['node_modules', 'tools', 'apps', 'libs', 'experiments']) {
    symlinkSync(join(root, name), join(folder, name));
  }
  if (targets !== undefined) {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'thaw', nx: { targets } }));
  }
}

interface CallOptions {
  /** This workspace by default. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Told what the program has said so far, and how to send a signal to Nx. */
  readonly onOutput?: (said: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** `npx nx run` with these arguments, as a shell hands them over; `ended` is the exit code, or the signal's name. */
export async function nxRun(args: readonly string[], { cwd = root, env, onOutput }: CallOptions = {}) {
  const child = spawn(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run', ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      onOutput?.(said[name], (signal) => child.kill(signal));
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { ended: code ?? signal, ...said };
}
