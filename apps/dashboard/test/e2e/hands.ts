import type { Locator, Page } from 'playwright-core';

/** No way on a page should take longer. */
const mostTabs = 80;

/** Does on a page what people do, and counts it: a step is a click, a key that is no part of a text, or a text that is typed or pasted. */
export class Hands {
  readonly page: Page;
  #steps = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get steps(): number {
    return this.#steps;
  }

  async click(target: Locator): Promise<void> {
    this.#steps++;
    await target.click();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#steps++;
      await this.page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    this.#steps++;
    await this.page.keyboard.type(text);
  }

  /** Of a text that people bring along. */
  async paste(text: string): Promise<void> {
    this.#steps++;
    await this.page.keyboard.insertText(text);
  }

  /** From the top of a page past what all pages have. */
  async skip(): Promise<void> {
    await this.press('Tab', 'Enter');
  }

  /** Presses Tab until what is looked for has the focus. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let i = 0; i < mostTabs; i++) {
      await this.press(key);
      if (await target.evaluateAll((found) => found.some((each) => each === document.activeElement))) return;
    }
    throw new Error(`${String(target)} was not reached with ${mostTabs} times ${key}`);
  }
}
