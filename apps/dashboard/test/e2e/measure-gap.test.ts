import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { violations } from './open-page.ts';
import { realRuns } from './real-store.ts';

/** Where it may write what it looks like. */
const pictures = process.env['THAW_PICTURES'];

describeInBrowser('a run whose gap was not measured', copyRealStore, (dashboard) => {
  it('is measured from its page, by keyboard, cancelled on the way, and shown without a reload', async () => {
    const { open, runsDir } = dashboard();
    const { others } = await realRuns(runsDir);
    const run = others[1]!;
    const { page, errors } = await open(`/runs/${run}`);
    const section = page.locator('section').filter({ hasText: 'Why validation and test differ' });
    const picture = async (name: string) => {
      if (pictures === undefined) return;
      await section.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${pictures}/${name}.png` });
    };
    const button = page.getByRole('button', { name: 'Measure the gap' });
    await button.focus();
    await page.keyboard.press('Enter');
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    await page.getByRole('status').filter({ hasText: 'Reading the run' }).waitFor();
    // One button starts and stops, so that the keyboard stays where it was.
    expect(await cancel.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await picture('running');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Cancelled. What was computed is kept' }).waitFor();
    expect(await openStore(runsDir).gap(run)).toBeNull();
    await picture('cancelled');

    await page.keyboard.press('Enter');
    const training = page.getByRole('status').filter({ hasText: /Training on another split, \d of 3/ });
    await training.waitFor();
    await picture('training');
    await page.getByText('The gap was measured.').waitFor({ state: 'attached' });
    expect(await button.count()).toBe(0);
    const { explanation } = (await openStore(runsDir).gap(run))!;
    await page.getByText(explanation[0]!).waitFor();
    await picture('measured');
    expect([errors, await violations(page)]).toEqual([[], []]);
  });

  it.each([
    [1280, 'dark'],
    [400, 'light'],
  ] as const)('offers it at %i px, %s', async (width, colorScheme) => {
    const { open, runsDir } = dashboard();
    const { others } = await realRuns(runsDir);
    const { page, errors } = await open(`/runs/${others[2]!}`, { width, colorScheme });
    const button = page.getByRole('button', { name: 'Measure the gap' });
    await button.click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect([errors, await violations(page)]).toEqual([[], []]);
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${width}-${colorScheme}.png` });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await button.waitFor();
  });
});
