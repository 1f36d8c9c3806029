/**
 * Makes pictures of every page in four looks, wide and narrow, light and dark, for somebody to look at.
 *
 *   npx tsx apps/dashboard/docs/pictures.ts OUT_DIR [RUNS_DIR]
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openStore } from '@thaw/tracking';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { loaded } from '../test/e2e/loaded.ts';
import { openPage, turnTo } from '../test/e2e/open-page.ts';

const [folder, runsDir = 'runs'] = process.argv.slice(2);
if (folder === undefined) throw new Error('say a folder for the pictures');

/** The paths of all pages, by what their pictures are called: of runs, sweeps and models one of each kind. */
async function pagesOf(url: string): Promise<Record<string, string>> {
  const store = openStore(resolve(runsDir));
  const [{ sweeps }, { runs }] = [await store.sweeps(), await store.runs()];
  const answer = await fetch(`${url}/api/v1/models`);
  const { models } = (await answer.json()) as { models: { name: string; versions: { version: number }[] }[] };
  const oneOfEach = <Item extends { id: string; state: string }>(kind: string, items: readonly Item[]) =>
    [...new Map(items.map((item) => [item.state, item.id]))].map(
      ([state, id]) => [`${kind}-${state}`, `/${kind}s/${encodeURIComponent(id)}`] as const,
    );
  const trained = runs.filter(({ imported }) => imported === null);
  const finished = trained.filter(({ state }) => state === 'finished');
  const compared = finished.slice(0, 3).map(({ id }) => `run=${encodeURIComponent(id)}`);
  const [run, other] = finished.map(({ id }) => encodeURIComponent(id));
  const imported = runs.find((each) => each.imported !== null);
  const [model] = models;
  return {
    overview: '/',
    sweeps: '/sweeps',
    'new-sweep': '/sweeps/new',
    ...Object.fromEntries(oneOfEach('sweep', sweeps)),
    runs: '/runs',
    'runs-grouped': '/runs?group=state',
    ...Object.fromEntries(oneOfEach('run', trained)),
    ...(imported && { 'run-imported': `/runs/${encodeURIComponent(imported.id)}` }),
    ...(run !== undefined && { images: `/runs/${run}/images` }),
    ...(other !== undefined && { 'images-compared': `/runs/${run}/images?with=${other}` }),
    compare: '/compare',
    ...(compared.length > 1 && { 'compare-runs': `/compare?${compared.join('&')}` }),
    models: '/models',
    ...(model && { model: `/models/${model.name}/${model.versions[0]!.version}` }),
    try: '/try',
    api: '/api',
    nowhere: '/nowhere',
  };
}

/** Also those below what is seen, which nobody has come near to. */
async function showImages(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const image of document.images) image.loading = 'eager';
  });
  await page.waitForLoadState('networkidle');
}

await mkdir(folder, { recursive: true });
const server = await startDashboard(runsDir);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: ['--no-sandbox'] });
try {
  const pages = Object.entries(await pagesOf(server.url));
  for (const width of [1280, 400]) {
    const { page } = await openPage(browser, { width });
    for (const [name, path] of pages) {
      await page.goto(server.url + path);
      await loaded(page);
      await showImages(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await turnTo(page, colorScheme);
        // Until the plots' own animations are over.
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      console.log(name, width);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.stop();
}
