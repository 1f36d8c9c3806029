import type { Page } from 'playwright-core';

/** Waits until a page has its heading and nothing of it is on its way any more, also of what is below what is seen. */
export async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await nothingAwaited(page);
  await showAll(page);
  await nothingAwaited(page);
}

/** Has the parts of a page that wait until somebody comes near them begin at once, as the Tab key does. */
export async function showAll(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' })));
}

async function nothingAwaited(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[aria-label="Loading"], .mantine-Skeleton-root') === null,
  );
}
