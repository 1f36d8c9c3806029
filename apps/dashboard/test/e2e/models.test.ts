import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checksumProblem, unzip } from '@thaw/base';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './in-browser.ts';
import { turnTo, violations } from './open-page.ts';
import { predicted, promotedStore, type Predicted } from './promoted-store.ts';
import { blackPng, variants } from './try-images.ts';

const places = ['on the server', 'in this browser'] as const;

/** Files and what `predict` says of them. */
let expected: Predicted[];

/** A promoted model and images that differ in kind. */
async function fill(runsDir: string): Promise<void> {
  await promotedStore(runsDir);
  const smears = join(runsDir, 'cache/synthetic-smear');
  const originals = join(smears, (await readdir(smears))[0]!, 'TEST/NEUTROPHIL');
  const photograph = await readFile(join(originals, (await readdir(originals)).sort()[0]!));
  await mkdir(join(runsDir, 'images'));
  for (const [name, bytes] of Object.entries(await variants(photograph))) {
    await writeFile(join(runsDir, 'images', name), bytes);
  }
  expected = await predicted(runsDir, join(runsDir, 'images'));
}

describeInBrowser('models in a browser', fill, (dashboard) => {
  async function tryPage(place: (typeof places)[number] = 'on the server', look = {}) {
    const opened = await dashboard().open('/try?model=cells:1', look);
    await opened.page.getByRole('radio', { name: place }).check();
    return opened;
  }

  const file = (name: string) => join(dashboard().runsDir, 'images', name);

  it.each(places)(
    'drops images and sees the label and the probabilities of `predict`, computed %s',
    async (place) => {
      const { page, errors } = await tryPage(place);
      for (const prediction of expected) {
        await drop(page, prediction.file);
        await expectPrediction(page, prediction, place);
      }
      expect(expected).toHaveLength(10);
      expect(errors).toEqual([]);
    },
  );

  it.each(places)('says what is wrong with what is no image or too large, computed %s', async (place) => {
    const bomb = blackPng(20_000, 20_000);
    const broken = (await readFile(file('photograph.jpeg'))).subarray(0, 2000);
    const files = {
      'text.jpg': Buffer.from('just text'),
      'bomb.png': bomb,
      'empty.png': Buffer.alloc(0),
      'large.jpeg': Buffer.alloc(10_000_001, 1),
      'broken.jpeg': broken,
    };
    for (const [name, bytes] of Object.entries(files))
      await writeFile(join(dashboard().runsDir, name), bytes);
    const { page, errors } = await tryPage(place);
    for (const [name, message] of [
      ['text.jpg', /not an image of a known format; allowed: JPEG, PNG/],
      ['bomb.png', /20,000 x 20,000 pixels; at most 50 million pixels are allowed/],
      ['empty.png', /the file is empty/],
      ['large.jpeg', /10 MB; at most 10 MB are allowed/],
      ['broken.jpeg', /cannot be decoded: truncated or damaged/],
    ] as const) {
      await drop(page, join(dashboard().runsDir, name));
      await page.getByRole('alert').getByText(message).waitFor();
    }
    await drop(page, file('photograph.jpeg'));
    await page.getByTestId('prediction').waitFor();
    expect(
      errors.filter((error) => !/the server responded with a status of 4(13|15|22)/.test(error)),
    ).toEqual([]);
  });

  it('takes images that are picked, pasted or among the samples, with the keyboard alone', async () => {
    const { page, errors } = await tryPage();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Pick an image' }).focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file('photograph.jpeg'));
    await expectPrediction(page, of('photograph.jpeg'), 'on the server');
    await paste(page, file('grey.jpeg'));
    await expectPrediction(page, of('grey.jpeg'), 'on the server');
    await page.getByRole('button', { name: 'LYMPHOCYTE' }).first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).not.toEqual(of('grey.jpeg').probabilities);
    const before = await shown(page);
    await page.getByRole('radio', { name: 'on the server' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-place=browser]').waitFor();
    expect(largestDifference(await shown(page), before)).toBeLessThan(1e-4);
    expect(await page.getByRole('img', { name: /Where the network found/ }).count()).toBe(1);
    const worth =
      /not how often it is right: on test images it was right in \d+\.\d %, on validation images in/;
    expect(await page.getByText(worth).count()).toBe(1);
    expect(await page.locator('figure', { hasText: /, [01]\.\d{3}$/ }).count()).toBe(5);
    expect(errors).toEqual([]);
  });

  it.each([1280, 400])(
    'everybody can use every page of models, %i pixels wide, light and dark',
    async (width) => {
      const { go, openPage } = dashboard();
      const { page, errors } = await openPage({ width });
      for (const path of ['/models', '/models/cells/1', '/try']) {
        await go(page, path);
        if (path === '/try') {
          await drop(page, file('photograph.jpeg'));
          await page.getByTestId('prediction').waitFor();
        }
        await expect.poll(() => page.getByLabel('Loading').count()).toBe(0);
        for (const [colorScheme, rule] of [['light'], ['dark', 'color-contrast']] as const) {
          await turnTo(page, colorScheme);
          await picture(page, `${path.slice(1).replaceAll('/', '-')}-${width}-${colorScheme}`);
          const found = [
            path,
            colorScheme,
            errors,
            await violations(page, rule),
            await sidewaysOverflow(page),
          ];
          expect(found).toEqual([path, colorScheme, [], [], 0]);
        }
      }
    },
  );

  it('shows a version: notes, lineage, card without markup of others, all files as one archive', async () => {
    const { open, runsDir } = dashboard();
    const { page, errors } = await open('/models');
    await page.getByRole('link', { name: 'cells:1' }).click();
    await page.getByRole('heading', { name: 'How to use it' }).waitFor();
    await page.getByText('test images had no part in it').first().waitFor();
    await page.getByRole('cell', { name: 'lineage.json' }).waitFor();
    expect(await page.getByRole('table').filter({ hasText: 'precision' }).count()).toBeGreaterThan(0);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download all files' }).click();
    const archive = join(runsDir, 'cells.zip');
    await (await download).saveAs(archive);
    await unzip(archive, join(runsDir, 'unpacked'));
    expect(await checksumProblem(join(runsDir, 'unpacked/cells-1'))).toBeNull();
    expect(errors).toEqual([]);
  });

  it('promotes from a sweep, moves aliases, rolls them back and takes them away', async () => {
    const { page, errors } = await dashboard().open('/models');
    const fill = async (name: string) => {
      await page.getByRole('combobox', { name: 'Sweep' }).click();
      await page.getByRole('option').first().click();
      await page.getByLabel('Model').fill(name);
      await page.getByLabel('Alias', { exact: true }).fill('candidate');
      await page.getByRole('button', { name: 'Promote', exact: true }).click();
    };
    const promote = async (name: string) => {
      await page.getByRole('button', { name: 'Promote …' }).click();
      await fill(name);
      const step = page.getByRole('dialog').getByRole('status');
      await step.filter({ hasText: /./, hasNotText: 'Beginning' }).waitFor();
    };
    await page.getByRole('button', { name: 'Promote …' }).click();
    await fill('Cells');
    await page.getByRole('dialog').getByText('a model\'s name: found "Cells"').waitFor();
    await page.keyboard.press('Escape');
    await promote('cells');
    await page.keyboard.press('Escape');
    await page.getByRole('alert').filter({ hasText: 'cells gets a version' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the promotion to cells' }).click();
    await page.getByText('the promotion to cells was cancelled').waitFor();
    await promote('cells');
    await page.getByText('= cells@candidate is run').waitFor();
    await page.keyboard.press('Escape');
    const champion = page.getByRole('combobox', { name: 'Version of cells@champion' });
    await champion.click();
    await page.getByRole('option', { name: 'version 2' }).click();
    await page.getByText('cells@champion points at version 2').waitFor();
    await page.getByRole('button', { name: 'Roll champion back' }).click();
    await page.getByText('cells@champion points at version 1').waitFor();
    await page.getByRole('button', { name: 'Remove candidate' }).click();
    await page.getByText('cells@candidate was taken away').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'candidate taken away' }).waitFor();
    expect(errors.filter((error) => !/status of 4(00|09)/.test(error))).toEqual([]);
  });

  it('offers promotion where a run and a sweep are shown', async () => {
    const { go, openPage, url } = dashboard();
    const { page, errors } = await openPage();
    const { models } = (await (await fetch(`${url}/api/v1/models`)).json()) as {
      models: { versions: { run: string; sweep: string }[] }[];
    };
    const { run, sweep } = models[0]!.versions[0]!;
    for (const [path, text] of [
      [`/runs/${run}`, `Run ${run}`],
      [`/sweeps/${sweep}`, `The best run of sweep ${sweep}`],
    ] as const) {
      await go(page, path);
      await page.getByRole('button', { name: 'Promote …' }).click();
      await page.getByRole('dialog').getByText(text).waitFor();
    }
    expect(errors).toEqual([]);
  });

  function of(name: string): Predicted {
    return expected.find((each) => each.file.endsWith(name))!;
  }
});

/** Drops a file on the page as a hand would. */
async function drop(page: Page, path: string): Promise<void> {
  const transfer = await transferOf(page, path);
  await page.getByTestId('drop-zone').dispatchEvent('drop', { dataTransfer: transfer });
}

async function paste(page: Page, path: string): Promise<void> {
  const transfer = await transferOf(page, path);
  await page.evaluate(
    (clipboardData) => window.dispatchEvent(new ClipboardEvent('paste', { clipboardData })),
    transfer,
  );
}

async function transferOf(page: Page, path: string) {
  const bytes = (await readFile(path)).toString('base64');
  return page.evaluateHandle(
    ([text, name]) => {
      const data = Uint8Array.from(atob(text!), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], name!));
      return transfer;
    },
    [bytes, basename(path)],
  );
}

/** The probabilities that the page shows, by class; empty before it shows any. */
function shown(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-class]')].map(({ dataset }) => [
        dataset['class']!,
        Number(dataset['probability']),
      ]),
    ),
  );
}

async function expectPrediction(
  page: Page,
  { file, probabilities, label }: Predicted,
  place: string,
): Promise<void> {
  await page.getByText(`${basename(file)}: cells, version 1, computed ${place}`).waitFor();
  expect(largestDifference(await shown(page), probabilities)).toBeLessThan(1e-4);
  expect(await page.getByTestId('prediction').getByRole('heading', { level: 2 }).textContent()).toBe(label);
}

function largestDifference(found: Record<string, number>, expected: Record<string, number>): number {
  return Math.max(
    ...Object.entries(expected).map(([name, value]) => Math.abs((found[name] ?? Infinity) - value)),
  );
}

/** By how many pixels the page is wider than its window. */
function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Keeps a screenshot where THAW_SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const target = process.env['THAW_SCREENSHOTS'];
  if (target !== undefined) await page.screenshot({ path: join(target, `${name}.png`), fullPage: true });
}
