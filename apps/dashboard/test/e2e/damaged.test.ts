import { appendFile, cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { violations } from './open-page.ts';
import { realRuns } from './real-store.ts';

/** Ids of whole runs beside what is wrong in the store. */
let whole: Awaited<ReturnType<typeof realRuns>>;
/** Runs with a record that is whole and another file that is not. */
let torn: Record<'metrics' | 'predictions' | 'gap' | 'annotations', string>;

/** The store of the other tests with something of each kind beside it. */
async function damage(runsDir: string): Promise<void> {
  await copyRealStore(runsDir);
  whole = await realRuns(runsDir);
  const runs = join(runsDir, 'runs');
  const copyOf = async (name: string, change: (text: string) => string) => {
    await cp(join(runs, whole.best), join(runs, name), { recursive: true });
    const file = join(runs, name, 'run.json');
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  await copyOf('20990101-000000-half-written-000-aaaa', (text) => text.slice(0, text.length / 2));
  await copyOf('20990101-000000-empty-000-aaaa', () => '');
  await copyOf('20990101-000000-future-000-aaaa', (text) => text.replace('"format": 1', '"format": 2'));
  await copyOf('20990101-000000-renamed-000-aaaa', (text) => text);
  await copyOf('20990101-000000-other-000-aaaa', () => '{"format": 1, "hello": ["world"]}');
  await mkdir(join(runs, 'photos'));
  await writeFile(join(runs, 'notes.txt'), 'not a run');
  await mkdir(join(runsDir, 'sweeps/20990101-000000-broken-aaaa'));
  await writeFile(join(runsDir, 'sweeps/20990101-000000-broken-aaaa/sweep.json'), '{"format": 1,');
  const [metrics, predictions, annotations] = whole.others as [string, string, string];
  torn = { metrics, predictions, gap: whole.best, annotations };
  const lines = await readFile(join(runs, metrics, 'metrics.jsonl'), 'utf8');
  await writeFile(join(runs, metrics, 'metrics.jsonl'), `garbage\n${lines}`);
  await writeFile(join(runs, predictions, 'predictions-test.jsonl'), 'garbage\n{}\n');
  await writeFile(join(runs, torn.gap, 'gap', 'gap.json'), '{"run": 1}');
  await writeFile(join(runs, annotations, 'annotations.json'), '{"note":');
  await appendFile(join(runs, whole.killed, 'metrics.jsonl'), '{"epoch": 99, "lo');
  await truncate(join(runs, whole.killed, 'log.txt'), 0).catch(() => undefined);
  await rm(join(runs, whole.others[3]!, 'predictions-validation.jsonl'));
}

describeInBrowser('a store with damaged, half-written, future and foreign files', damage, (dashboard) => {
  it('opens, names each of them, and shows everything else', async () => {
    const { open, runsDir } = dashboard();
    const { runs, damaged } = await openStore(runsDir).runs();
    expect(damaged).toHaveLength(7);
    const { page, errors } = await open('/runs');
    await page.getByText('7 cannot be read').waitFor();
    for (const { path, reason } of damaged)
      await page.getByText(`${path}: ${reason}`).waitFor({ state: 'attached' });
    await page.getByText(`${runs.length} of ${runs.length} runs`).waitFor();
    await page.goto(`${dashboard().url}/sweeps`);
    await page.getByText('1 cannot be read').waitFor();
    await page.getByText(/broken-aaaa: sweep\.json is not JSON/).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: whole.sweep }).waitFor();
    expect([errors, await violations(page)]).toEqual([[], []]);
  });

  it('no page of a run breaks on what is damaged beside its record: it says which file, and shows the rest', async () => {
    const { go, openPage } = dashboard();
    const { page } = await openPage();
    for (const [run, text] of [
      [torn.metrics, /metrics\.jsonl, line 1: not a record that Thaw wrote: garbage/],
      [torn.predictions, /predictions-test\.jsonl, line 1: not a record/],
      [torn.gap, /gap\.json: not a document that Thaw wrote/],
      [torn.annotations, /Settings/],
      [whole.killed, /Settings/],
      [whole.others[3]!, /has no predictions for validation images/],
    ] as const) {
      await go(page, `/runs/${run}`);
      await page.getByText(text).first().waitFor();
      await page.getByRole('heading', { name: 'Environment' }).waitFor();
      await page.getByRole('heading', { name: 'Files' }).waitFor();
      expect([run, await violations(page)]).toEqual([run, []]);
    }
  });

  it('a damaged record says why on its own page, a comparison with it goes on without it', async () => {
    const { go, openPage } = dashboard();
    const { page } = await openPage();
    for (const [path, text] of [
      ['/runs/20990101-000000-future-000-aaaa', 'run.json has format 2; this version of Thaw reads format 1'],
      ['/runs/20990101-000000-empty-000-aaaa', 'run.json is not JSON'],
      ['/sweeps/20990101-000000-broken-aaaa', 'sweep.json is not JSON'],
      [`/compare?run=${torn.metrics}&run=${torn.annotations}&run=${whole.imported}`, 'metrics.jsonl, line 1'],
    ] as const) {
      await go(page, path);
      await page.getByText(text).first().waitFor();
      expect([path, await violations(page)]).toEqual([path, []]);
    }
  });
});
