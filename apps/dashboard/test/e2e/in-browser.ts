import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from './chromium.ts';
import { startDashboard, type DashboardProcess } from './dashboard-process.ts';
import { loaded } from './loaded.ts';
import { openPage, type Look, type OpenedPage } from './open-page.ts';

export interface Dashboard {
  readonly url: string;
  readonly runsDir: string;
  readonly browser: Browser;
  /** Opens a path in a page of its own, and waits until nothing is loading. */
  readonly open: (path: string, look?: Partial<Look>) => Promise<OpenedPage>;
}

const executablePath = await findChromium();
if (executablePath === null) {
  console.warn(
    'The dashboard was not tested in a browser: there is no Chromium; THAW_CHROMIUM may name one, or install it (apt-get install chromium-headless-shell).',
  );
}

/**
 * Tests of a dashboard in a browser, on a runs folder of their own that `fill` makes; skipped where there is no Chromium. What
 * `tests` gets may be used inside the tests alone.
 */
export function describeInBrowser(
  name: string,
  fill: (runsDir: string) => Promise<void>,
  tests: (dashboard: () => Dashboard) => void,
): void {
  describe.skipIf(executablePath === null)(name, () => {
    let runsDir: string;
    let server: DashboardProcess;
    let browser: Browser;
    beforeAll(async () => {
      runsDir = await mkdtemp(join(tmpdir(), 'thaw-e2e-runs-'));
      await fill(runsDir);
      server = await startDashboard(runsDir);
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    }, 900_000);
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await rm(runsDir, { recursive: true, force: true });
    });
    tests(() => ({
      url: server.url,
      runsDir,
      browser,
      open: async (path, look) => {
        const opened = await openPage(browser, look);
        await opened.page.goto(server.url + path);
        await loaded(opened.page);
        return opened;
      },
    }));
  });
}
