import type { Page } from 'playwright-core';

interface Shifting {
  thawShift: number;
}

/** Has a page, and those that it goes on to, sum up how far what is seen has moved without anybody's doing (CLS). */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const holder = globalThis as unknown as Shifting;
    holder.thawShift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) holder.thawShift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** How far it has moved since it was opened. */
export function shifted(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Shifting).thawShift);
}
