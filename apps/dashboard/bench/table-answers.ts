import type { Browser, Page } from 'playwright-core';
import { openPage } from '../test/e2e/open-page.ts';
import { milliseconds, say } from './figures.ts';

/** A page of a browser of its own, in which functions of a bench can run: tsx marks them with a helper that no page has. */
export async function benchPage(browser: Browser) {
  const opened = await openPage(browser);
  await opened.page.addInitScript('globalThis.__name = (value) => value');
  return opened;
}

/** How soon the table of runs on a page is sorted, filtered and searched. */
export async function measureAnswers(page: Page, name: string): Promise<void> {
  const times = async (all: readonly What[]) => {
    const found: number[] = [];
    for (const what of all) found.push(await answered(page, what));
    return milliseconds(found);
  };
  const columns = ['val_accuracy', 'val_accuracy', 'test_accuracy', 'test_accuracy', 'model.scenario'];
  const filters = ['val_accuracy > 0.9', 'val_accuracy > 0.6 and model.head_units = 64', ''];
  const words = ['frozen', 'full_fine_tune', ''];
  say(`${name}: sorting`, await times(columns.map((press) => ({ press }))), 'within 200 ms');
  say(
    `${name}: filtering by an expression`,
    await times(filters.map((where) => ({ where }))),
    'within 200 ms',
  );
  say(`${name}: searching`, await times(words.map((search) => ({ search }))), 'within 200 ms');
}

interface What {
  readonly press?: string;
  readonly where?: string;
  readonly search?: string;
}

/** How long the table takes to show other lines after a press on a column's name, or other text in a field, in ms. */
export function answered(page: Page, what: What): Promise<number> {
  return page.evaluate(async ({ press, where, search }) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const state = () =>
      [...document.querySelectorAll('tbody tr[aria-rowindex]')].map((row) => row.textContent).join() +
      (document.querySelector('[aria-live="polite"]')?.textContent ?? '');
    const type = (label: string, text: string) => {
      const field = document.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)!;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const before = state();
    const start = performance.now();
    if (press !== undefined) document.querySelector<HTMLElement>(`th button[title="${press}"]`)!.click();
    if (where !== undefined) type('Filter by an expression', where);
    if (search !== undefined) type('Search', search);
    while (state() === before) {
      if (performance.now() - start > 20_000) throw new Error('nothing changed');
      await frame();
    }
    return performance.now() - start;
  }, what);
}
