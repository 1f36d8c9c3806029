/**
 * Measures the first open of each page of a large store, in Chromium: processor time of the page, compressed scripts, how far the
 * layout shifts; how soon the table of runs is sorted, filtered and searched; and the server's processor time and memory.
 *
 *   npx tsx apps/dashboard/bench/pages.ts DIR COUNT [OPENS]
 *
 * DIR is made through the tracking library where it is not there yet: one sweep of COUNT trials.
 */
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright-core';
import { median } from '@thaw/base';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { shifted, watchShifts } from '../test/e2e/layout-shift.ts';
import { openPage } from '../test/e2e/open-page.ts';
import { memoryOf, processorSeconds, say } from './figures.ts';
import { makeStore } from './make-store.ts';
import { benchPage, measureAnswers } from './table-answers.ts';

const [runsDir, countText, opensText = '3'] = process.argv.slice(2);
const count = Number(countText);
if (runsDir === undefined || !(count >= 1)) {
  throw new Error('usage: npx tsx apps/dashboard/bench/pages.ts DIR COUNT [OPENS]');
}
if (!existsSync(runsDir)) await makeStore(runsDir, count, 2);

const opens = Number(opensText);
/** A page that has done what it does at first does nothing for so long. */
const quietMs = 1500;

const server = await startDashboard(runsDir);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: ['--no-sandbox'] });
try {
  const before = processorSeconds(server.pid);
  const { rows } = (await ask('runs')) as { rows: { columns: string[]; rows: string[][] } };
  say(
    'server: processor time of the first list of a cold server',
    seconds(processorSeconds(server.pid) - before),
    'at most 2 s',
  );
  const run = rows.rows.at(-1)![rows.columns.indexOf('id')]!;
  const earlier = rows.rows.at(-2)![rows.columns.indexOf('id')]!;
  const { sweeps } = (await ask('sweeps')) as { sweeps: { id: string }[] };
  const pages: [name: string, path: string, ready: string, plots: boolean][] = [
    ['start', '/', 'main tbody tr', false],
    ['runs', '/runs', 'tbody tr[aria-rowindex="2"]', false],
    ['sweeps', '/sweeps', 'main tbody tr', false],
    ['sweep', `/sweeps/${sweeps[0]!.id}`, 'text=Best by', true],
    ['run', `/runs/${run}`, 'main h1', true],
    ['images', `/runs/${run}/images`, 'main h1', false],
    ['compare', `/compare?run=${run}&run=${earlier}`, 'main h1', true],
    ['models', '/models', 'main h1', false],
    ['try', '/try', 'main h1', false],
    ['api', '/api', 'main h1', false],
  ];
  for (const [name, path, ready, plots] of pages) {
    const found: Awaited<ReturnType<typeof open>>[] = [];
    for (let i = 0; i < opens; i++) found.push(await open(browser, path, ready));
    const of = (figure: 'cpu' | 'kilobytes' | 'shift') => median(found.map((each) => each[figure]));
    say(`${name}: processor time`, seconds(of('cpu')), 'at most 1.0 s');
    say(
      `${name}: scripts, compressed`,
      `${of('kilobytes').toFixed(0)} kB`,
      `at most ${plots ? 700 : 350} kB`,
    );
    say(`${name}: layout shift`, of('shift').toFixed(3), 'at most 0.05');
  }
  const { page } = await benchPage(browser);
  await page.goto(`${server.url}/runs`);
  await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
  await page.waitForTimeout(quietMs);
  await measureAnswers(page, 'runs');
  await page.context().close();
  const { now, most } = memoryOf(server.pid);
  say('server: memory now, at most', `${now.toFixed(0)} MB, ${most.toFixed(0)} MB`, 'at most 350 MB');
  say('server: processor time in all', seconds(processorSeconds(server.pid)));
} finally {
  await browser.close();
  await server.stop();
}

async function ask(path: string): Promise<unknown> {
  return (await fetch(`${server.url}/api/v1/${path}`)).json();
}

/** Opens a page in a browser that has kept nothing, until it is quiet. */
async function open(browser: Browser, path: string, ready: string) {
  const { page } = await openPage(browser);
  page.setDefaultTimeout(180_000);
  page.setDefaultNavigationTimeout(180_000);
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      scripts.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
    }
  });
  await watchShifts(page);
  await page.goto(server.url + path);
  await page.locator(ready).first().waitFor();
  let cpu = await rendererSeconds(page);
  for (;;) {
    await page.waitForTimeout(quietMs);
    const now = await rendererSeconds(page);
    const isQuiet = now - cpu < 0.1;
    cpu = now;
    if (isQuiet) break;
  }
  const kilobytes = (await Promise.all(scripts)).reduce((a, b) => a + b, 0) / 1000;
  const shift = await shifted(page);
  await page.context().close();
  return { cpu, kilobytes, shift };
}

/** Processor time of the process that draws a page, from its start on, with all that its scripts and styles took. */
async function rendererSeconds(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return metrics.find(({ name }) => name === 'ProcessTime')!.value;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
