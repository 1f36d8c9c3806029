import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export { beginTrial, epoch, newRun, newSweep, provenance, summary, tickingClock } from './fixtures-data.ts';

/** A folder of its own for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-tracking-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
