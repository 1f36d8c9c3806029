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
import { median } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { findChromium } from '../test/e2e/chromium.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { openPage } from '../test/e2e/open-page.ts';
import { memoryOf, say } from './figures.ts';
import { makeStore } from './make-store.ts';
import { blankFrames } from './scrolling.ts';

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
    const { page } = await benchPage();
    const start = performance.now();
    await page.goto(`${server.url}/runs`);
    await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
    await answered(page, { press: 'val_accuracy' });
    opened.push(performance.now() - start);
    await page.context().close();
  }
  say('table: open, with the answer to a first click', milliseconds(opened), 'within 2 s');

  const { page } = await benchPage();
  await page.goto(`${server.url}/runs`);
  await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
  await page.waitForTimeout(2000);
  const sorting: number[] = [];
  for (const press of ['val_accuracy', 'val_accuracy', 'test_accuracy', 'test_accuracy', 'model.scenario']) {
    sorting.push(await answered(page, { press }));
  }
  say('table: sorting', milliseconds(sorting), 'within 200 ms');
  const filtering: number[] = [];
  for (const where of ['val_accuracy > 0.9', 'val_accuracy > 0.6 and model.head_units = 64', '']) {
    filtering.push(await answered(page, { where }));
  }
  say('table: filtering by an expression', milliseconds(filtering), 'within 200 ms');
  const searching: number[] = [];
  for (const search of ['frozen', 'full_fine_tune', '']) searching.push(await answered(page, { search }));
  say('table: searching', milliseconds(searching), 'within 200 ms');
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
      const { page } = await benchPage();
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

/** tsx marks functions with a helper of its own, which no page has. */
async function benchPage() {
  const opened = await openPage(browser);
  await opened.page.addInitScript('globalThis.__name = (value) => value');
  return opened;
}

/** How long the table takes to show other lines after a press on a column's name, or other text in a field, in ms. */
function answered(page: Page, what: { press?: string; where?: string; search?: string }): Promise<number> {
  return page.evaluate(async ({ press, where, search }) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const state = () =>
      [...document.querySelectorAll('tbody tr[aria-rowindex]')].map((row) => row.textContent).join() +
      (document.querySelector('[aria-live="polite"]')?.textContent ?? '');
    const type = (label: string, text: string) => {
      const field = document.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)!;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const before = state();
    const start = performance.now();
    if (press !== undefined) document.querySelector<HTMLElement>(`th button[title="${press}"]`)!.click();
    if (where !== undefined) type('Filter by an expression', where);
    if (search !== undefined) type('Search', search);
    while (state() === before) {
      if (performance.now() - start > 20_000) throw new Error('nothing changed');
      await frame();
    }
    return performance.now() - start;
  }, what);
}

function milliseconds(values: readonly number[]): string {
  const whole = (value: number) => value.toFixed(0);
  return `${whole(median(values))} ms (${whole(Math.min(...values))} to ${whole(Math.max(...values))})`;
}
