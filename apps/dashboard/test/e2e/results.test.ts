import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { percent } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { showAll } from './loaded.ts';
import { violations } from './open-page.ts';
import { realRuns } from './real-store.ts';

/** A part of the page by its heading. */
function section(page: Page, title: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

/** Moves the mouse over a canvas until it says what it has found there. */
async function pointAtPoint(page: Page, canvas: Locator, found: Locator): Promise<void> {
  const { x, y, width, height } = (await canvas.boundingBox())!;
  for (let down = 4; down < height; down += 8) {
    for (let along = 4; along < width; along += 8) {
      await page.mouse.move(x + along, y + down);
      if (await found.isVisible()) return;
    }
  }
  throw new Error('there is no point');
}

/** Images below what is in sight are not loaded yet. */
async function isDrawn(image: Locator): Promise<boolean> {
  return image.evaluate((element) => (element as HTMLImageElement).naturalWidth > 0);
}

describeInBrowser('what runs are worth', copyRealStore, (dashboard) => {
  it('sweeps: the list leads to a sweep, whose plots lead to its runs', async () => {
    const { open, runsDir } = dashboard();
    const { sweep, best } = await realRuns(runsDir);
    const { page, errors } = await open('/');
    await page.getByRole('link', { name: sweep }).click();
    await page.getByRole('heading', { level: 1, name: 'cells' }).waitFor();
    await page.getByText('8 of 8 finished').waitFor();
    await section(page, 'History').waitFor();
    await showAll(page);
    await section(page, 'Parameter importance')
      .getByText(/PED-ANOVA|no difference/)
      .waitFor();
    await section(page, 'Parallel coordinates').scrollIntoViewIfNeeded();
    await section(page, 'Parallel coordinates').getByText('As a table').click();
    await section(page, 'Parallel coordinates').getByRole('cell', { name: 'not set' }).first().waitFor();
    const lowest = section(page, 'Parallel coordinates').getByRole('slider', { name: 'validation: lowest' });
    await lowest.press('PageUp');
    await page.getByText('of 8 trials are kept.').waitFor();
    await section(page, 'Parallel coordinates').getByRole('button', { name: 'Keep all' }).click();
    const plot = section(page, 'Validation against test');
    await plot.locator('canvas').scrollIntoViewIfNeeded();
    await pointAtPoint(page, plot.locator('canvas'), plot.getByText(/^trial \d, gap/));
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForURL(/\/runs\//);
    await page.goBack();
    await section(page, 'History').waitFor();
    await showAll(page);
    await page.getByRole('link', { name: best }).first().click();
    await page.getByRole('heading', { level: 1, name: /^Trial \d, / }).waitFor();
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'cells' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('a run: its reports, the images behind a cell, its mistakes and twins, what the gap is made of', async () => {
    const { open, runsDir } = dashboard();
    const { best } = await realRuns(runsDir);
    const { summary } = await openStore(runsDir).run(best);
    const { page, errors } = await open(`/runs/${best}`);
    // What may be believed comes before what was measured.
    const leaks = page
      .getByRole('alert')
      .filter({ hasText: /The split leaks: .* validation images have a twin/ });
    const figure = page.getByText(percent(summary!.val_accuracy)).first();
    expect((await leaks.boundingBox())!.y).toBeLessThan((await figure.boundingBox())!.y);
    await page.getByText(percent(summary!.test_accuracy)).first().waitFor();
    await section(page, 'Metrics')
      .getByRole('row', { name: /balanced accuracy/ })
      .waitFor();
    const matrices = section(page, 'Confusion matrices');
    await matrices
      .getByRole('button', { name: /test images of/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => isDrawn(dialog.locator('img').first())).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    for (const title of ['Most confident mistakes', 'Leaking twins']) {
      const images = section(page, title).locator('img');
      await images.first().scrollIntoViewIfNeeded();
      await expect.poll(async () => [title, await isDrawn(images.first())]).toEqual([title, true]);
    }
    await section(page, 'Why validation and test differ').getByRole('listitem').first().waitFor();
    await section(page, 'Reliability').getByText('As a table').click();
    await section(page, 'Reliability').getByRole('cell', { name: 'test', exact: true }).first().waitFor();
    await section(page, 'Settings').getByText('model.scenario', { exact: true }).waitFor();
    await section(page, 'Environment').getByText('cores', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Its images, on a map and one by one' }).click();
    await page.getByText(/^Of Trial \d+, /).waitFor();
    await page.getByRole('button', { name: 'Draw the map' }).click();
    const map = page.getByRole('application', { name: 'Map of the images' });
    await page.locator('canvas[data-drawn]').waitFor();
    // The whole map lies within the circle when it is enlarged so far.
    await map.press('s');
    for (let i = 0; i < 10; i++) await map.press(']');
    await map.press('Enter');
    await page.getByText(/^[1-9]\d* images selected\.$/).waitFor();
    const gallery = section(page, 'Selected images');
    await gallery.getByText(/^\d+ images of \d+ groups$/).waitFor();
    await gallery.getByRole('listitem').first().getByRole('button').click();
    await expect.poll(() => isDrawn(dialog.locator('img').first())).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect([errors, await violations(page)]).toEqual([[], []]);
  });

  it('a run: its files can be had', async () => {
    const { open, runsDir } = dashboard();
    const { best } = await realRuns(runsDir);
    const { page } = await open(`/runs/${best}`);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'run.json' }).click(),
    ]);
    expect(await readFile(await file.path(), 'utf8')).toBe(
      await readFile(join(runsDir, 'runs', best, 'run.json'), 'utf8'),
    );
  });

  it('imported results: the gap per class of printed reports, and what they do not tell', async () => {
    const { open, runsDir } = dashboard();
    const { imported } = await realRuns(runsDir);
    const { page, errors } = await open(`/runs/${imported}`);
    const cells = (name: string) =>
      page
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .first()
        .innerText();
    expect((await cells('MONOCYTE')).split(/\s+/).slice(0, 9)).toEqual(
      'MONOCYTE 0.98 0.98 0.98 495 0.79 0.33 0.47 620'.split(' '),
    );
    expect(await cells('MONOCYTE')).toContain('+65.0');
    await page.getByText('This run was imported as figures').waitFor();
    expect(errors).toEqual([]);
  });

  it('comparison: settings that differ, curves on a log axis, classes, significance, and one without predictions', async () => {
    const { open, runsDir } = dashboard();
    const { best, others, imported } = await realRuns(runsDir);
    const { page, errors } = await open('/runs?where=state+%3D+finished');
    for (const run of [best, others[0]!, imported])
      await page.getByLabel(new RegExp(`^Select .*${run}`)).check();
    await page.getByRole('link', { name: 'Compare' }).last().click();
    await page.waitForURL(/compare\?run=/);
    await page.goBack();
    await page.getByText('3 runs selected').waitFor();
    await page.goForward();
    await section(page, 'Settings').getByRole('rowheader', { name: 'training.learning_rate' }).waitFor();
    await section(page, 'Curves').getByLabel('Log axis').check();
    await section(page, 'Curves').getByRole('slider').press('ArrowRight');
    await section(page, 'Is the difference real?')
      .getByText(/more than chance|may be chance/)
      .first()
      .waitFor();
    await section(page, 'Is the difference real?').getByText('imported from notebook.txt').waitFor();
    await section(page, 'The gap per class').getByText('As a table').click();
    await section(page, 'The gap per class').getByRole('cell', { name: '+65.0' }).waitFor();
    await section(page, 'Confusion matrices').getByLabel('Run').click();
    expect(await page.getByRole('listbox').getByRole('option').count()).toBe(2);
    expect(errors).toEqual([]);
  });
});
