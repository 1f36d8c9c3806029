import type { Page } from 'playwright-core';

/** Waits until a page has its heading and nothing of it is on its way any more. */
export async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
  await page.waitForFunction(
    () => document.querySelector('[aria-label="Loading"], .mantine-Skeleton-root') === null,
    undefined,
    { timeout: 60_000 },
  );
}
