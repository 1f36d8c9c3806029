/**
 * Makes the README's picture: the page of the best run of the newest sweep, as wide as a reader's column.
 *
 *   npx tsx apps/dashboard/docs/screenshot.ts [RUNS_DIR]
 */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { loaded } from '../test/e2e/loaded.ts';

/** Down to the end of the chart of the classes. */
const size = { width: 1280, height: 985 };

const server = await startDashboard(process.argv[2] ?? 'runs');
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: ['--no-sandbox'] });
try {
  const answer = await fetch(`${server.url}/api/v1/sweeps`);
  const { sweeps } = (await answer.json()) as { sweeps: { best: { run: string } | null }[] };
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
  await page.goto(`${server.url}/runs/${sweeps[0]!.best!.run}`);
  await loaded(page);
  // Until the plots' own animations are over.
  await page.waitForTimeout(1000);
  const picture = await page.screenshot();
  await sharp(picture)
    .resize({ width: size.width * 1.5 })
    .png({ palette: true, colours: 64, compressionLevel: 9 })
    .toFile(join(import.meta.dirname, 'run.png'));
} finally {
  await browser.close();
  await server.stop();
}
