import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { realRuns } from './real-store.ts';

/** Presses Tab until what has the focus is called so; says how often it took, or fails after `most`. */
async function tabTo(page: Page, name: string | RegExp, most = 120): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      // What scrolls can have the focus, too, and holds all names.
      const named = element?.matches('a, button, input') ? element.textContent : '';
      return element?.getAttribute('aria-label') ?? named ?? '';
    });
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
  }
  throw new Error(`${String(name)} was not reached with ${most} times Tab`);
}

describeInBrowser('without a mouse', copyRealStore, (dashboard) => {
  it('the first thing on a page skips to what it is about', async () => {
    const { page } = await dashboard().open('/sweeps');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, /cells/, 3);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sweeps\/.*cells/);
  });

  it('the head of the table is one stop of the Tab key, from which arrow keys sort and pin columns', async () => {
    const { page, errors } = await dashboard().open('/runs?columns=id,state,val_accuracy');
    await tabTo(page, /^Select all/);
    await tabTo(page, 'run', 1);
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=-val_accuracy/);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Pin to the left' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toMatch(/Pin to the left|Group by this/);
    await page.getByRole('menuitem', { name: 'Pin to the left' }).press('Enter');
    await page.waitForURL(/pinned=id%2Cval_accuracy/);
    expect(errors).toEqual([]);
  });

  it('columns are chosen and moved, and Escape gives the focus back', async () => {
    const { page } = await dashboard().open('/runs');
    await page.getByRole('button', { name: 'Columns', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Find a column').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Find a column');
    await page.keyboard.type('test_loss');
    await tabTo(page, /^$|test_loss/, 3);
    await page.keyboard.press('Space');
    await page.waitForURL(/columns=.*test_loss/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Columns');
  });

  it('the buttons of a figure are those that we chose, and one stop of the Tab key', async () => {
    const { open, runsDir } = dashboard();
    const { best } = await realRuns(runsDir);
    const { page } = await open(`/runs/${best}`);
    const chosen = ['Download plot as a PNG', 'Zoom', 'Pan', 'Reset axes'];
    const bars = page.getByRole('toolbar');
    await bars.first().getByRole('button').first().waitFor();
    await expect.poll(() => page.locator('.mantine-Skeleton-root').count()).toBe(0);
    for (const bar of await bars.all()) {
      const buttons = await bar.getByRole('button').all();
      const names = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
      expect(chosen).toEqual(expect.arrayContaining(names));
      expect(await bar.locator('[tabindex="0"]').count()).toBe(1);
    }
    await page.getByRole('button', { name: chosen[0] }).first().focus();
    for (const [key, name] of [
      ['ArrowRight', 'Zoom'],
      ['End', 'Reset axes'],
      ['ArrowRight', chosen[0]],
      ['ArrowLeft', 'Reset axes'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name);
    }
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=toolbar]') ?? null)).toBeNull();
  });

  it('a cell of a confusion matrix opens its images and closes again', async () => {
    const { open, runsDir } = dashboard();
    const { page } = await open(`/runs/${(await realRuns(runsDir)).best}`);
    const cell = page.getByRole('button', { name: /test images of/ }).first();
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('img').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => cell.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
