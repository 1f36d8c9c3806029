/**
 * Runs a sweep with four workers, without a dashboard and with one that shows it in Chromium, in turn: how long the sweep takes,
 * and how long after an epoch is on disk the page shows it.
 *
 *   npx tsx apps/dashboard/bench/live-sweep.ts [REPETITIONS] [TRIALS]
 */
import { spawn } from 'node:child_process';
import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { median } from '@thaw/base';
import { commandLine } from '@thaw/base/testing';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { openPage } from '../test/e2e/open-page.ts';
import { processorSeconds, say } from './figures.ts';

const root = resolve(import.meta.dirname, '../../..');
const repetitions = Number(process.argv[2] ?? 3);
const trials = Number(process.argv[3] ?? 8);

const experiment = `
name: live
dataset: {source: synthetic-smear, train_sources_per_class: 4, test_sources_per_class: 2, images_per_source: 8}
model: {image_size: 64, weights: bundled, scenario: partial_unfreeze, unfreeze_from: block_14, batch_norm: frozen}
training: {epochs: 12, batch_size: 16, learning_rate: 0.0003, early_stopping: false}
method: random
parameters:
  training.seed: {min: 1, max: 1000000}
run_cap: ${trials}
`;

const folder = await mkdtemp(join(tmpdir(), 'thaw-bench-live-'));
try {
  await measure();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const config = join(folder, 'live.yaml');
  const runsDir = join(folder, 'runs');
  await writeFile(config, experiment);
  await sweep(config, runsDir, 1);
  const [without, beside, delays]: [number[], number[], number[]] = [[], [], []];
  const [serverShare, browserShare]: [number[], number[]] = [[], []];
  for (let i = 0; i < repetitions; i++) {
    without.push(await sweep(config, runsDir));
    const shown = await besideDashboard(runsDir, () => sweep(config, runsDir));
    beside.push(shown.seconds);
    serverShare.push(shown.onServer / shown.seconds);
    browserShare.push(shown.inBrowser / shown.seconds);
    delays.push(...shown.delays);
  }
  const seconds = (values: readonly number[]) =>
    `${median(values).toFixed(1)} s (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
  say(`sweep of ${trials} trials, 4 workers, alone`, seconds(without));
  say('the same with the dashboard open', seconds(beside), 'no slower beyond noise');
  const cores = (values: readonly number[]) => `${(100 * median(values)).toFixed(0)} % of a core`;
  say("the dashboard's server meanwhile", cores(serverShare));
  say('the browser meanwhile', cores(browserShare));
  say(
    `${delays.length} epochs: on disk to on the page`,
    `${median(delays).toFixed(0)} ms, at most ${Math.max(...delays).toFixed(0)}`,
    'within 2 s',
  );
}

/** Seconds that the sweep says it took. */
async function sweep(config: string, runsDir: string, most = trials): Promise<number> {
  const output = join(folder, 'sweep.json');
  const options = ['--workers', '4', '--max-trials', String(most), '--runs-dir', runsDir, '--output', output];
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', commandLine(), 'sweep', '--config', config, ...options],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(said);
  return (JSON.parse(await readFile(output, 'utf8')) as { seconds: number }).seconds;
}

/** What work takes while a page shows all runs, what of processor time server and browser have meanwhile, both in seconds, and the delay of each epoch that it wrote, in ms. */
async function besideDashboard(runsDir: string, work: () => Promise<number>) {
  const server = await startDashboard(runsDir);
  const executablePath = (await findChromium())!;
  const browserProcess = await chromium.launchServer({ executablePath, args: ['--no-sandbox'] });
  const browserPid = browserProcess.process().pid!;
  try {
    const browser = await chromium.connect(browserProcess.wsEndpoint());
    const { page } = await openPage(browser);
    // tsx marks functions with a helper of its own, which no page has.
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.goto(`${server.url}/runs?columns=id,state,epochs`);
    await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
    await watchPage(page);
    const written = watchFiles(join(runsDir, 'runs'));
    const serverBefore = processorSeconds(server.pid);
    const browserBefore = processorSeconds(browserPid);
    const seconds = await work();
    const onServer = processorSeconds(server.pid) - serverBefore;
    const inBrowser = processorSeconds(browserPid) - browserBefore;
    await page.waitForTimeout(2500);
    const shown = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
    // An epoch that the next one overtook before the page asked is on no page.
    const delays = Object.entries(written.end()).flatMap(([epoch, at]) =>
      shown[epoch] === undefined ? [] : [shown[epoch] - at],
    );
    return { seconds, onServer, inBrowser, delays };
  } finally {
    await browserProcess.close();
    await server.stop();
  }
}

/** When, in ms, each epoch, as `<run> <epoch>`, was seen first. */
type Seen = Record<string, number>;

/** Notes when the table first shows each number of epochs of each run. */
async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = {};
    (window as unknown as { seen: Seen }).seen = seen;
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('tbody tr[aria-rowindex]')) {
        const [, id, , epochs] = [...row.querySelectorAll('td')].map((cell) => cell.textContent);
        seen[`${id} ${epochs}`] ??= Date.now();
      }
    }).observe(document.querySelector('table')!, { subtree: true, childList: true, characterData: true });
  });
}

/** Notes when each line of each `metrics.jsonl` is there. */
function watchFiles(folder: string): { end: () => Seen } {
  const seen: Seen = {};
  const watchRun = (run: string) =>
    watch(join(folder, run), (_event, file) => {
      if (file !== 'metrics.jsonl') return;
      const epochs = readFileSync(join(folder, run, file), 'utf8').split('\n').length - 1;
      if (epochs > 0) seen[`${run} ${epochs}`] ??= Date.now();
    });
  const watchers = new Map<string, FSWatcher>();
  // Not recursively: that ends the process when a folder under its temporary name is gone again.
  const watcher = watch(folder, (_event, run) => {
    if (run !== null && !run.startsWith('.') && !watchers.has(run)) watchers.set(run, watchRun(run));
  });
  return {
    end: () => {
      for (const each of [watcher, ...watchers.values()]) each.close();
      return seen;
    },
  };
}
