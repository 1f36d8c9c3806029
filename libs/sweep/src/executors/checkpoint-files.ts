import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import type { Job } from './executor.ts';

type TrialName = Pick<Job, 'sweep' | 'number' | 'cacheDir'>;

const usualSeconds = 10;

/** Where a trial leaves how far it has come: by trial and not by run, because each attempt is a run of its own. */
export function checkpointFile({ sweep, number, cacheDir }: TrialName): string {
  return join(checkpointFolder(sweep, cacheDir), String(number));
}

/** Once nobody will go on with the trial. */
export async function removeCheckpoint(trial: TrialName): Promise<void> {
  await rm(checkpointFile(trial), { recursive: true, force: true });
}

/** Once nobody will go on with any trial of the sweep. */
export async function removeCheckpoints(sweep: string, cacheDir: string): Promise<void> {
  await rm(checkpointFolder(sweep, cacheDir), { recursive: true, force: true });
}

/** Seconds of training that an interruption may cost: `THAW_CHECKPOINT_SECONDS`, or 10. Throws UserError for what is no number. */
export function checkpointSeconds(text = process.env.THAW_CHECKPOINT_SECONDS): number {
  if (text === undefined || text.trim() === '') return usualSeconds;
  const seconds = Number(text);
  if (seconds >= 0) return seconds;
  throw new UserError(
    `THAW_CHECKPOINT_SECONDS: found ${JSON.stringify(text)}; allowed: seconds from one checkpoint of a trial to the next, 0 or more`,
  );
}

function checkpointFolder(sweep: string, cacheDir: string): string {
  return join(cacheDir, 'checkpoints', sweep);
}
