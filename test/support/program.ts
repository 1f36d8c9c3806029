import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { commandLine, programArguments } from '@thaw/base/testing';

const root = resolve(import.meta.dirname, '../..');

export interface Program {
  readonly process: ChildProcess;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  readonly output: { stdout: string; stderr: string };
}

/** Starts the command line with these arguments. */
export function startProgram(...args: string[]): Program {
  return startProgramIn(process.env, ...args);
}

/** The same in another environment. */
export function startProgramIn(env: NodeJS.ProcessEnv, ...args: string[]): Program {
  const child = spawn(process.execPath, [...programArguments(commandLine()), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => (code as number | null) ?? (signal as string));
  return { process: child, ended, output };
}
