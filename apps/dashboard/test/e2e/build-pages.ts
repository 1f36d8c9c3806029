import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildIfChanged } from '../../server/build.ts';
import { findChromium } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** For what all test files share; the first that needs something makes it there. */
    sharedFolder: string;
  }
}

/**
 * Builds the pages from the first moment of a run that tests them on, beside its other tests. Who needs them waits for this
 * build, and says what is wrong where it fails.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-e2e-'));
  provide('sharedFolder', folder);
  const built = buildWhereTested().catch(() => undefined);
  return async () => {
    await built;
    await rm(folder, { recursive: true, force: true });
  };
}

async function buildWhereTested(): Promise<void> {
  if ((await findChromium()) !== null) await buildIfChanged(process.stderr);
}
