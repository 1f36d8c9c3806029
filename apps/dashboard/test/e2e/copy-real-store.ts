import { access, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '@thaw/base';
import { inject } from 'vitest';
import { makeRealStore } from './real-store.ts';

/** A copy of a store that is made once for all test files. */
export async function copyRealStore(runsDir: string): Promise<void> {
  const folder = join(inject('sharedFolder'), 'real-store');
  const whole = join(inject('sharedFolder'), 'real-store-is-whole');
  await withFileLock(join(inject('sharedFolder'), 'real-store.lock'), async () => {
    if (await exists(whole)) return;
    await mkdir(folder, { recursive: true });
    await makeRealStore(folder);
    await writeFile(whole, '');
  });
  await cp(folder, runsDir, { recursive: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
