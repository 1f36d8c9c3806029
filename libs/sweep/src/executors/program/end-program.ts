import { spawn } from 'node:child_process';

/** Whether a program leads a group of processes that a signal reaches as one; on Windows there are none. */
export const leadsGroup = process.platform !== 'win32';

/**
 * Sends a signal to a program and all that it has started: a shell hands none on, and data loaders are processes of their own. On
 * Windows, which has no signals, all end at once.
 */
export function endProgram(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!leadsGroup) {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // They have ended.
  }
}
