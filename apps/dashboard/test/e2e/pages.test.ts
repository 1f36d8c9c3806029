import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStore } from '../make-store.ts';
import { findChromium } from './chromium.ts';
import { startDashboard, type DashboardProcess } from './dashboard-process.ts';
import { openPage, violations } from './open-page.ts';

const executablePath = await findChromium();
if (executablePath === null) {
  console.warn(
    'The dashboard was not tested in a browser: there is no Chromium; THAW_CHROMIUM may name one, or install it (apt-get install chromium).',
  );
}

describe.skipIf(executablePath === null)('in a browser', () => {
  let runsDir: string;
  let ids: string[];
  let server: DashboardProcess;
  let browser: Browser;

  beforeAll(async () => {
    runsDir = await mkdtemp(join(tmpdir(), 'thaw-e2e-'));
    ids = await makeStore(runsDir, 24);
    server = await startDashboard(runsDir);
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 600_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(runsDir, { recursive: true, force: true });
  });

  /** Every page there is. */
  const paths = async () => {
    const answer = await fetch(`${server.url}/api/v1/sweeps`);
    const { sweeps } = (await answer.json()) as { sweeps: { id: string }[] };
    return ['/sweeps', `/sweeps/${sweeps[0]!.id}`, '/runs', `/runs/${ids[0]!}`, '/compare'];
  };

  /** The run with the greatest validation accuracy among those whose head has 64 units, every third. */
  const bestOf64 = async () => {
    const store = openStore(runsDir);
    const runs = await Promise.all(ids.filter((_, number) => number % 3 === 0).map((id) => store.run(id)));
    return runs.reduce((a, b) => (b.summary!.val_accuracy > a.summary!.val_accuracy ? b : a)).id;
  };

  it.each([
    { width: 1280, colorScheme: 'light' as const },
    { width: 1280, colorScheme: 'dark' as const },
    { width: 400, colorScheme: 'light' as const },
  ])('every page opens without an error, for everybody: %o', async (look) => {
    for (const path of await paths()) {
      const { page, errors } = await openPage(browser, look);
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByLabel('Loading').count(), { timeout: 60_000 }).toBe(0);
      expect([path, errors, await violations(page)]).toEqual([path, [], []]);
      await page.context().close();
    }
  });

  it('filters, sorts and groups runs, and keeps the view in the address', async () => {
    const { page, errors } = await openPage(browser);
    await page.goto(`${server.url}/runs`);
    await page.getByLabel('Filter by an expression').fill('model.head_units = 64');
    await page.getByText('8 of 24 runs').waitFor();
    await page.getByRole('button', { name: 'val_accuracy', exact: true }).click();
    await page.waitForURL(/sort=-val_accuracy/);
    const best = await bestOf64();
    const firstRow = page.locator('tbody tr[aria-rowindex="2"]');
    await firstRow.getByText(best).waitFor();
    await page.reload();
    await firstRow.getByText(best).waitFor();
    await page.getByText('8 of 24 runs').waitFor();
    await page.getByLabel('Filter by an expression').fill('model.head_unit = 64');
    await page.getByText('did you mean model.head_units?').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('deletes runs and brings them back', async () => {
    const { page, errors } = await openPage(browser);
    await page.goto(`${server.url}/runs`);
    await page.getByLabel(`Select ${ids[23]!}`).check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('23 of 23 runs').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('24 of 24 runs').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keeps a note that is written in place, whatever it holds', async () => {
    const note = '<img src=x onerror="document.title=1">';
    const { page, errors } = await openPage(browser);
    await page.goto(`${server.url}/runs`);
    await page.getByLabel(`Add a note to ${ids[23]!}`).click();
    await page.getByLabel(`Note of ${ids[23]!}`).fill(note);
    await page.keyboard.press('Enter');
    await page.getByText(note).waitFor();
    await page.reload();
    await page.getByText(note).waitFor();
    expect([await page.title(), errors]).toEqual(['Runs · Thaw', []]);
    await page.context().close();
  });
});
