import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '@thaw/base';

/**
 * In a sweep's folder while someone wants it to stop. A file and no signal: it finds the sweep's process on every system, in
 * another container and on another machine that shares the folder, and never another process that got its id.
 */
const fileName = 'stop-request';
const pollMs = 500;

/** What was asked of the process that runs a sweep. */
export interface StopRequest {
  /** The sweep. */
  readonly id: string;
  /** Whether that process has heard it. */
  isHeard(): Promise<boolean>;
  /** Takes it back. */
  withdraw(): Promise<void>;
}

export async function requestStop(folder: string, id: string): Promise<StopRequest> {
  const file = join(folder, fileName);
  await writeFile(file, '');
  return { id, isHeard: async () => !(await exists(file)), withdraw: () => forgetStopRequest(folder) };
}

/** What was asked of an earlier session is not asked of the next. */
export async function forgetStopRequest(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true });
}

/** Tells once when somebody wants the sweep in `folder` to stop, without keeping the process alive; returns what ends it. */
export function onStopRequest(folder: string, listener: () => void): () => void {
  const timer = setInterval(() => {
    if (!existsSync(join(folder, fileName))) return;
    clearInterval(timer);
    listener();
    // Where it cannot be removed, whoever asked hears nothing, though it was heard.
    void forgetStopRequest(folder).catch(() => undefined);
  }, pollMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
