import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exists, withFileLock } from '@thaw/base';

const run = promisify(execFile);
// The headless shell has no window to draw around each page: it starts in less than half of the time that the whole browser takes.
const debianPackage = 'chromium-headless-shell';
const usual = [
  `/usr/bin/${debianPackage}`,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * A Chromium to test with: the one that THAW_CHROMIUM names, one on the system, or in CI one that Debian's package manager
 * installs. Null where there is none.
 */
export async function findChromium(): Promise<string | null> {
  const named = process.env['THAW_CHROMIUM'];
  const found = await firstOf(named === undefined ? usual : [named]);
  if (found !== null || named !== undefined || !process.env['CI'] || process.getuid?.() !== 0) return found;
  // Of several processes only one may install it.
  return withFileLock(join(tmpdir(), 'thaw-chromium.lock'), install);
}

async function install(): Promise<string | null> {
  const found = await firstOf(usual);
  if (found !== null) return found;
  try {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage]);
  } catch {
    return null;
  }
  return firstOf(usual);
}

async function firstOf(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await exists(path)) return path;
  return null;
}
