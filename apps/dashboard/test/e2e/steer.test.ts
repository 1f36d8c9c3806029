import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './in-browser.ts';
import { loaded } from './loaded.ts';
import { turnTo, violations } from './open-page.ts';

/** Where it may write what it looks like. */
const pictures = process.env['THAW_PICTURES'];

/** Seconds of training, in epochs that a stop can come between. */
const experiment = `# Two ways to unfreeze
name: steered
dataset: {source: synthetic-smear, train_sources_per_class: 3, test_sources_per_class: 2, images_per_source: 6}
split: {strategy: keras, validation: 0.25}
model: {image_size: 48, weights: bundled, scenario: partial_unfreeze, unfreeze_from: block_15}
training: {epochs: many, batch_size: 16, early_stopping: false}   # to be mended
method: grid
parameters:
  model.head_units: {values: [16, 32]}
`;

/** Presses a button by keyboard, once it does something: one whose form is still being checked does nothing. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect.poll(() => button.getAttribute('aria-disabled')).not.toBe('true');
  await button.focus();
  await page.keyboard.press('Enter');
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** Both looks, and that nothing is wider than the page. */
async function judge(page: Page, name: string): Promise<void> {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [400, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await turnTo(page, colorScheme);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect([name, width, wide <= 0, await violations(page)]).toEqual([name, width, true, []]);
    await picture(page, `${name}-${width}-${colorScheme}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await turnTo(page, 'light');
}

describeInBrowser(
  'a sweep that is started from the page',
  () => Promise.resolve(),
  (dashboard) => {
    it('is written, mended, started, changed, stopped, resumed and seen to its end, by keyboard', async () => {
      const { open, url } = dashboard();
      const { page, errors } = await open('/');
      await page.getByRole('link', { name: 'New sweep' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/sweeps/new');
      await loaded(page);
      await page.getByText('3 trials').waitFor();
      await picture(page, 'new');

      const text = page.getByLabel('The experiment file (YAML)');
      await text.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(experiment);
      await page.getByText('1 mistake').waitFor();
      const epochs = page.getByRole('textbox', { name: 'training.epochs', exact: true });
      expect(await epochs.getAttribute('aria-invalid')).toBe('true');
      await judge(page, 'mistake');
      await press(page, 'Line 6');
      const place = await text.evaluate((area: HTMLTextAreaElement) => [
        document.activeElement === area,
        area.value.slice(0, area.selectionStart).split('\n').length,
      ]);
      expect(place).toEqual([true, 6]);

      await epochs.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('40');
      await page.getByText('2 trials').waitFor();
      expect(await text.inputValue()).toBe(experiment.replace('many', '40'));
      await page.getByRole('textbox', { name: 'Workers' }).focus();
      await page.keyboard.type('1');
      await press(page, 'Start the sweep');
      await page.waitForURL(/\/sweeps\/.*steered/);
      const sweep = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
      const job = async () => {
        const answer = await fetch(`${url}/api/v1/sweeps/${sweep}/job`);
        return (await answer.json()) as { wanted_workers: number | null; state: string };
      };
      const says = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();
      await says('It runs here.');
      await page.getByRole('textbox', { name: 'Workers' }).focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('2');
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await job()).wanted_workers).toBe(2);

      await press(page, 'Stop');
      await says('It has stopped.');
      await judge(page, 'stopped');
      await press(page, 'Resume');
      await says('It runs here.');
      expect(await page.getByRole('log').textContent()).not.toBe('');
      await says('It has ended.');
      await page.getByText('2 of 2 finished').waitFor();
      expect([(await job()).state, errors]).toEqual(['finished', []]);
      await judge(page, 'ended');
    });

    it('shows before training what augmentation does to twelve images, by keyboard', async () => {
      const { page, errors } = await dashboard().open('/sweeps/new');
      const text = page.getByLabel('The experiment file (YAML)');
      await text.fill(experiment.replace('many', '40'));
      await page.getByText('2 trials').waitFor();
      await page.locator('summary', { hasText: 'What does augmentation do to the images?' }).focus();
      await page.keyboard.press('Enter');
      await press(page, 'Draw them');
      const alert = page.getByRole('alert').filter({ hasText: 'augmentation: found false' });
      await alert.waitFor();
      await judge(page, 'not-augmented');
      await text.fill(`${experiment.replace('many', '40')}augmentation: true\n`);
      await press(page, 'Draw them');
      const sheet = page.getByRole('img', { name: /each as it is and as six epochs/ });
      await expect
        .poll(() => sheet.evaluate((image: HTMLImageElement) => image.naturalHeight), { timeout: 60_000 })
        .toBeGreaterThan(12 * 96);
      expect(await alert.count()).toBe(0);
      await judge(page, 'augmented');
      await text.fill(`${experiment.replace('many', '40')}augmentation: {zoom_range: 0.5}\n`);
      await page.getByText('The text has changed since they were drawn.').waitFor();
      // What the page was told that it cannot do.
      expect(errors.filter((error) => !error.includes('400'))).toEqual([]);
    });

    it('ends one trial and goes on with the next', async () => {
      const { open, url } = dashboard();
      // Too long to end by itself while it is looked at.
      const yaml = experiment.replace('many', '100000').replace('name: steered', 'name: endless');
      const answer = await fetch(`${url}/api/v1/sweeps`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ yaml, workers: 1 }),
      });
      const { sweep } = (await answer.json()) as { sweep: string };
      const { page, errors } = await open(`/sweeps/${sweep}`);
      await page.getByRole('button', { name: 'End trial 0' }).waitFor();
      await judge(page, 'running');
      await press(page, 'End trial 0');
      await page.getByRole('button', { name: 'End trial 1' }).waitFor();
      await press(page, 'Stop');
      await page.getByRole('status').filter({ hasText: 'It has stopped.' }).waitFor();
      expect(errors).toEqual([]);
    });

    it('says what is not YAML, and keeps the text while its form waits', async () => {
      const { page, errors } = await dashboard().open('/sweeps/new');
      const text = page.getByLabel('The experiment file (YAML)');
      await text.fill('name: a\nmodel: [\n');
      await page.getByText('The form waits for the text').waitFor();
      await page
        .getByText(/found text that is not YAML/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Start the sweep' }).getAttribute('aria-disabled')).toBe(
        'true',
      );
      // It is there on the way back.
      await page.reload();
      await loaded(page);
      expect([await text.inputValue(), errors, await violations(page)]).toEqual([
        'name: a\nmodel: [\n',
        [],
        [],
      ]);
    });
  },
);
