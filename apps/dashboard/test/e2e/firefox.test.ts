import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { startDashboard, type DashboardProcess } from './dashboard-process.ts';
import { findFirefox } from './find-browser.ts';
import { Firefox } from './firefox.ts';
import { realRuns } from './real-store.ts';

const executablePath = await findFirefox();
if (executablePath === null) {
  console.warn(
    'The dashboard was not tested in Firefox: there is none; THAW_FIREFOX may name one, or install it (apt-get install firefox-esr).',
  );
}

describe.skipIf(executablePath === null)('in Firefox', () => {
  let runsDir: string;
  let server: DashboardProcess;
  let firefox: Firefox;
  beforeAll(async () => {
    runsDir = await mkdtemp(join(tmpdir(), 'thaw-e2e-runs-'));
    await copyRealStore(runsDir);
    server = await startDashboard(runsDir);
    firefox = await Firefox.start(executablePath!);
  });
  afterAll(async () => {
    await firefox?.close();
    await server?.stop();
    await rm(runsDir, { recursive: true, force: true });
  });

  it('runs are filtered, looked at, handed on and compared, light and dark, without an error', async () => {
    const { best, others } = await realRuns(runsDir);
    await firefox.go(`${server.url}/runs`);
    await firefox.click(await firefox.find('[aria-label="Filter by an expression"]'));
    await firefox.type(`id = "${best}"`);
    await expect.poll(() => firefox.evaluate('() => document.body.innerText')).toMatch(/^1 of \d+ runs$/m);
    await firefox.click(await firefox.find(`a[href="/runs/${best}"]`));
    await firefox.find('[aria-label$="per class on validation and test images"] .barlayer path');
    const mistake = await firefox.find('section img');
    await expect
      .poll(() =>
        firefox.evaluate('(image) => { image.scrollIntoView(); return image.naturalWidth > 0; }', mistake),
      )
      .toBe(true);
    await firefox.click(await firefox.find('a[download][title]'));
    await expect.poll(() => firefox.downloads.length).toBe(1);
    expect(await readFile(firefox.downloads[0]!, 'utf8')).toContain('<svg ');
    await firefox.click(await firefox.find('input[value="dark"] + label'));
    await expect
      .poll(() => firefox.evaluate('() => getComputedStyle(document.body).backgroundColor'))
      .toBe('rgb(36, 36, 36)');
    await firefox.go(`${server.url}/compare?run=${best}&run=${others[0]!}`);
    await firefox.find('[aria-label="Significance"] tbody tr');
    expect(firefox.errors).toEqual([]);
  });
});
