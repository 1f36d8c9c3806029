import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { findChromium } from './find-browser.ts';
import { startDashboard, type DashboardProcess } from './dashboard-process.ts';
import { loaded } from './loaded.ts';
import { openPage, type Look, type OpenedPage } from './open-page.ts';

export interface Dashboard {
  readonly url: string;
  readonly runsDir: string;
  readonly browser: Browser;
  /** Opens a page of its own that closes with the test; what it reads, the browser keeps for the next. */
  readonly openPage: (look?: Partial<Look>) => Promise<OpenedPage>;
  /** Has a page go to a path, and waits until nothing is loading. */
  readonly go: (page: Page, path: string) => Promise<void>;
  /** Both at once. */
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
    let context: BrowserContext;
    beforeAll(async () => {
      runsDir = await mkdtemp(join(tmpdir(), 'thaw-e2e-runs-'));
      await fill(runsDir);
      server = await startDashboard(runsDir);
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
      context = await browser.newContext();
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await rm(runsDir, { recursive: true, force: true });
    });
    const openOwn = async (look?: Partial<Look>) => {
      const opened = await openPage(context, look);
      onTestFinished(() => opened.page.close());
      return opened;
    };
    const go = async (page: Page, path: string) => {
      await page.goto(server.url + path);
      await loaded(page);
    };
    tests(() => ({
      url: server.url,
      runsDir,
      browser,
      openPage: openOwn,
      go,
      open: async (path, look) => {
        const opened = await openOwn(look);
        await go(opened.page, path);
        return opened;
      },
    }));
  });
}
