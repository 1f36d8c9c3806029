import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { endProgram, leadsGroup } from './end-program.ts';

export interface RunningProgram {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, once its output is read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Asks it to end (SIGTERM), and ends it after a while; false where it has ended by itself. May be called again. */
  end(graceMs: number): boolean;
}

export interface StartOptions {
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts a program, without a shell between; rejects where there is none to start. */
export async function startProgram(
  [command = '', ...words]: readonly string[],
  { directory, environment }: StartOptions,
): Promise<RunningProgram> {
  const child = spawn(command, words, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which a terminal's Ctrl-C does not reach: the sweep says when it is to end.
    detached: leadsGroup,
    windowsHide: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
  // A signal that could not be sent is no reason to end this process.
  child.on('error', () => undefined);
  const pid = child.pid!;
  // Where memory runs out all at once, the system is to end the program and not the sweep (Linux; elsewhere there is no such file).
  writeFile(`/proc/${pid}/oom_score_adj`, '500').catch(() => undefined);
  let force: NodeJS.Timeout | null = null;
  child.once('exit', () => {
    if (force !== null) clearTimeout(force);
    // What it has left behind could hold its pipes, and a processor, for ever.
    endProgram(pid, 'SIGKILL');
  });
  return {
    pid,
    stdout: child.stdout,
    stderr: child.stderr,
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    }),
    end: (graceMs) => {
      if (force !== null) return true;
      if (child.exitCode !== null || child.signalCode !== null) return false;
      endProgram(pid, 'SIGTERM');
      force = setTimeout(() => {
        endProgram(pid, 'SIGKILL');
      }, graceMs);
      return true;
    },
  };
}
