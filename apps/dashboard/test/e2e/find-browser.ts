import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exists, withFileLock } from '@thaw/base';

const run = promisify(execFile);

/** What a browser is called, and where it usually lies. */
interface Installed {
  /** The variable of the environment that may name another. */
  readonly variable: string;
  readonly debianPackage: string;
  readonly usual: readonly string[];
}

const chromium: Installed = {
  variable: 'THAW_CHROMIUM',
  // The headless shell has no window to draw around each page: it starts in less than half of the time that the whole browser takes.
  debianPackage: 'chromium-headless-shell',
  usual: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ],
};

const firefox: Installed = {
  variable: 'THAW_FIREFOX',
  debianPackage: 'firefox-esr',
  usual: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

/**
 * A Chromium to test with: the one that THAW_CHROMIUM names, one on the system, or in CI one that Debian's package manager
 * installs. Null where there is none.
 */
export function findChromium(): Promise<string | null> {
  return find(chromium);
}

/** A Firefox to test with, found as `findChromium` finds its own; THAW_FIREFOX may name one. */
export function findFirefox(): Promise<string | null> {
  return find(firefox);
}

async function find(browser: Installed): Promise<string | null> {
  const named = process.env[browser.variable];
  const found = await firstOf(named === undefined ? browser.usual : [named]);
  if (found !== null || named !== undefined || !process.env['CI'] || process.getuid?.() !== 0) return found;
  // Of several processes only one may install it, and the package manager does one thing at a time.
  return withFileLock(join(tmpdir(), 'thaw-browsers.lock'), () => install(browser));
}

async function install({ debianPackage, usual }: Installed): Promise<string | null> {
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
