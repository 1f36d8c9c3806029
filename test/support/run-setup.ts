import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundlePrograms } from './bundles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** For what test files make; it is gone after the run. */
    runFolder: string;
  }
}

/** Asked by each project of a run, one after the other: the first has the programs bundled. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const bundles = process.env['THAW_BUNDLES']!;
  if (!existsSync(bundles)) await bundlePrograms(bundles);
  const folder = dirname(bundles);
  provide('runFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
