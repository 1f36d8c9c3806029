import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A Chromium to test with: the one that THAW_CHROMIUM names, one on the system, or in CI one that Debian's package manager
 * installs. Null where there is none.
 */
export async function findChromium(): Promise<string | null> {
  const named = process.env['THAW_CHROMIUM'];
  for (const path of named === undefined ? usual : [named]) if (await exists(path)) return path;
  if (named !== undefined || !process.env['CI'] || process.getuid?.() !== 0) return null;
  try {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } catch {
    return null;
  }
  return (await exists(usual[0]!)) ? usual[0]! : null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
