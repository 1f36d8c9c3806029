/**
 * Measures the dashboard on a store of many runs, in Chromium: opening the table, sorting, filtering, scrolling, comparing a
 * hundred runs, the server's memory.
 *
 *   npx tsx apps/dashboard/bench/many-runs.ts DIR COUNT
 *
 * DIR is made through the tracking library where it is not there yet.
 */
import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { openStore } from '@thaw/tracking';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { memoryOf, milliseconds, say } from './figures.ts';
import { makeStore } from './make-store.ts';
import { blankFrames } from './scrolling.ts';
import { answered, benchPage, measureAnswers } from './table-answers.ts';

const [runsDir, countText] = process.argv.slice(2);
const count = Number(countText);
if (runsDir === undefined || !(count >= 100)) {
  throw new Error('usage: npx tsx apps/dashboard/bench/many-runs.ts DIR COUNT (100 runs at least)');
}
if (!existsSync(runsDir)) {
  const begun = performance.now();
  await makeStore(runsDir, count, 100);
  say('making the store', `${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

const begun = performance.now();
const server = await startDashboard(runsDir);
say('server: until it answers', `${(performance.now() - begun).toFixed(0)} ms`);
const first = performance.now();
await (await fetch(`${server.url}/api/v1/runs`)).arrayBuffer();
say('server: the first list of all runs', `${(performance.now() - first).toFixed(0)} ms`);
const browser = await chromium.launch({
  executablePath: (await findChromium())!,
  args: ['--no-sandbox'],
});
try {
  await measureTable();
  await measureComparison();
  const { now, most } = memoryOf(server.pid);
  say('server: memory now, at most', `${now.toFixed(0)} MB, ${most.toFixed(0)} MB`, 'below 500 MB');
} finally {
  await browser.close();
  await server.stop();
}

async function measureTable(): Promise<void> {
  const opened: number[] = [];
  for (let i = 0; i < 3; i++) {
    const { page } = await benchPage(browser);
    const start = performance.now();
    await page.goto(`${server.url}/runs`);
    await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
    await answered(page, { press: 'val_accuracy' });
    opened.push(performance.now() - start);
    await page.context().close();
  }
  say('table: open, with the answer to a first click', milliseconds(opened), 'within 2 s');

  const { page } = await benchPage(browser);
  await page.goto(`${server.url}/runs`);
  await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
  await page.waitForTimeout(2000);
  await measureAnswers(page, 'table');
  const { frames, blank } = await blankFrames(page);
  say('table: blank frames while scrolling', `${blank} of ${frames}`, 'none');
  await page.context().close();
}

async function measureComparison(): Promise<void> {
  const { runs } = await openStore(runsDir!).runs();
  for (const many of [20, 100]) {
    const chosen = runs.slice(-many);
    const opened: number[] = [];
    const clicked: number[] = [];
    for (let i = 0; i < 3; i++) {
      const { page } = await benchPage(browser);
      const start = performance.now();
      await page.goto(`${server.url}/compare?${chosen.map(({ id }) => `run=${id}`).join('&')}`);
      await compared(page);
      opened.push(performance.now() - start);
      await page.goto(`${server.url}/runs?where=${encodeURIComponent(`number >= ${runs.length - many}`)}`);
      await page.getByLabel('Select all runs').check();
      const link = page.getByRole('main').getByRole('link', { name: 'Compare' });
      await link.waitFor();
      await page.waitForTimeout(1000);
      const click = performance.now();
      await link.click();
      await compared(page);
      clicked.push(performance.now() - click);
      await page.context().close();
    }
    say(`comparison of ${many} runs: chosen in the table`, milliseconds(clicked), 'within 2 s');
    say(`comparison of ${many} runs: opened in a new browser`, milliseconds(opened), 'within 2 s');
  }
}

/** Waits until settings and curves of compared runs are there. */
async function compared(page: Page): Promise<void> {
  await page.locator('[aria-label="loss over epochs"] .scatterlayer path.js-line').first().waitFor();
  await page.getByRole('rowheader', { name: 'training.learning_rate' }).waitFor();
}
