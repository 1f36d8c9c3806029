import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In ms, for whatever a page does: a busy machine takes its time for an epoch, too. */
const patience = 300_000;

export interface OpenedPage {
  readonly page: Page;
  /** What went to the console as an error, and scripts' errors that nobody caught. */
  readonly errors: string[];
}

export interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/**
 * A new page of its own size and colours, which remembers what went wrong in it: in a browser that has kept nothing, or in a
 * context, with what others in it have read.
 */
export async function openPage(
  opener: Browser | BrowserContext,
  { width = 1280, colorScheme = 'light' }: Partial<Look> = {},
): Promise<OpenedPage> {
  const page = await opener.newPage();
  page.setDefaultTimeout(patience);
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
}

/** The reader's machine turns to light or dark while the page stands; ends when no colour is on its way to another. */
export async function turnTo(page: Page, colorScheme: Look['colorScheme']): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => !(animation instanceof CSSTransition)),
  );
}

/**
 * What axe-core finds that keeps people from using the page: `<rule>: <element>` for each serious or critical violation. By one
 * rule where given: a page that was judged and only turned to other colours can differ in contrast alone.
 */
export async function violations(page: Page, rule?: 'color-contrast'): Promise<string[]> {
  // A page that was judged before has it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    // What it would read beforehand, style sheets and sounds, is for rules that find nothing serious.
    const options = { resultTypes: ['violations' as const], preload: false, ...(only && { runOnly: only }) };
    return (await axe.run(options)).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.map(({ html }) => html.slice(0, 200)),
    }));
  }, rule);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, targets }) => targets.map((target) => `${id}: ${target}`));
}
