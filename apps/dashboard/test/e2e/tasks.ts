import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Hands } from './hands.ts';
import type { realRuns } from './real-store.ts';

/** What a person works on: runs of the store, of which `run` is looked at. */
export type Subject = Awaited<ReturnType<typeof realRuns>> & { readonly run: string };

type Way = (hands: Hands) => Promise<void>;

/** Something that people come to a dashboard for. */
export interface Task {
  readonly name: string;
  /** Where a person stands who begins it; null for where the task before has ended. */
  readonly from: ((subject: Subject) => string) | null;
  /** As many steps as it may take at most. */
  readonly most: { readonly mouse: number; readonly keyboard: number };
  readonly byMouse: Way;
  readonly byKeyboard: Way;
  /** Ends when the page shows that it is done. */
  readonly done: (page: Page) => Promise<void>;
}

/** Trains until it is stopped, in epochs that a stop can come between. */
const experiment = `name: task
dataset: {source: synthetic-smear, train_sources_per_class: 3, test_sources_per_class: 2, images_per_source: 6, seed: 7}
model: {image_size: 48, weights: bundled, scenario: partial_unfreeze, unfreeze_from: block_16}
training: {epochs: 100000, batch_size: 16, early_stopping: false}
method: grid
parameters:
  model.head_units: {values: [16, 32]}
`;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true });
const boxes = (page: Page) => page.getByRole('checkbox', { name: /^Select (?!all)/ });
const filter = (page: Page) => page.getByLabel('Filter by an expression');
const grouping = (page: Page) => page.getByRole('combobox', { name: 'Group by' });
const note = (page: Page) => button(page, /^(Add a note to|Note of) /);
const text = (page: Page) => page.getByLabel('The experiment file (YAML)');
const bestOfCells = (page: Page) =>
  page.getByRole('row', { name: /cells/ }).getByRole('link', { name: /^Trial/ });
const model = (page: Page) => page.getByRole('dialog').getByLabel('Model');
const sample = (page: Page) => button(page, 'LYMPHOCYTE').first();
const disagreed = (page: Page) => button(page, /, only A right$/);
const says = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();
const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });

/** How many runs a table shows. */
async function counted(page: Page): Promise<number> {
  return Number(/^(\d+) of/.exec(await page.getByText(/^\d+ of \d+ runs$/).innerText())![1]);
}

/** Waits until something has the focus by itself. */
function hasFocus(target: Locator): Promise<void> {
  return expect.poll(() => target.evaluate((element) => element === document.activeElement)).toBe(true);
}

/** Waits for the run's report, which the browser keeps. */
async function keeps(hands: Hands, ask: () => Promise<void>): Promise<void> {
  const [file] = await Promise.all([hands.page.waitForEvent('download'), ask()]);
  expect(file.suggestedFilename()).toBe(`${new URL(hands.page.url()).pathname.split('/').at(-1)!}.html`);
  expect(await readFile(await file.path(), 'utf8')).toContain('<svg ');
}

export const tasks: readonly Task[] = [
  {
    name: 'archive a run and take that back',
    from: () => '/runs',
    most: { mouse: 3, keyboard: 23 },
    byMouse: async (hands) => {
      const all = await counted(hands.page);
      await hands.click(boxes(hands.page).first());
      await hands.click(button(hands.page, 'Archive'));
      await expect.poll(() => counted(hands.page)).toBe(all - 1);
      await hands.click(button(hands.page, 'Undo'));
      await expect.poll(() => counted(hands.page)).toBe(all);
    },
    byKeyboard: async (hands) => {
      const all = await counted(hands.page);
      await hands.skip();
      await hands.tabTo(boxes(hands.page));
      await hands.press('Space');
      await hands.tabTo(button(hands.page, 'Archive'), 'Shift+Tab');
      await hands.press('Enter');
      await expect.poll(() => counted(hands.page)).toBe(all - 1);
      await hasFocus(button(hands.page, 'Undo'));
      await hands.press('Enter');
      await expect.poll(() => counted(hands.page)).toBe(all);
    },
    done: (page) => button(page, 'Undo').waitFor({ state: 'detached' }),
  },
  {
    name: 'compare three runs',
    from: () => '/runs',
    most: { mouse: 4, keyboard: 35 },
    byMouse: async (hands) => {
      for (let i = 0; i < 3; i++) await hands.click(boxes(hands.page).nth(i));
      await hands.click(link(hands.page, 'Compare').last());
    },
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(boxes(hands.page));
      await hands.press('Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space');
      await hands.tabTo(link(hands.page, 'Compare').last(), 'Shift+Tab');
      await hands.press('Enter');
    },
    done: async (page) => {
      await page.waitForURL(/\/compare(\?|&)run=.*&run=.*&run=/);
      await heading(page, 'Is the difference real?').waitFor();
    },
  },
  {
    name: 'see why a test accuracy is low',
    from: () => '/',
    most: { mouse: 1, keyboard: 20 },
    byMouse: (hands) => hands.click(bestOfCells(hands.page)),
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(bestOfCells(hands.page));
      await hands.press('Enter');
    },
    done: async (page) => {
      const section = page.locator('section').filter({ hasText: 'Why validation and test differ' });
      await section.getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'filter runs',
    from: () => '/runs',
    most: { mouse: 2, keyboard: 4 },
    byMouse: async (hands) => {
      await hands.click(filter(hands.page));
      await hands.type('scenario = partial_unfreeze');
    },
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(filter(hands.page));
      await hands.type('scenario = partial_unfreeze');
    },
    done: async (page) => {
      await page.waitForURL(/where=scenario/);
      await page.getByText(/^\d of \d+ runs$/).waitFor();
    },
  },
  {
    name: 'group runs',
    from: null,
    most: { mouse: 2, keyboard: 6 },
    byMouse: async (hands) => {
      await hands.click(grouping(hands.page));
      await hands.click(hands.page.getByRole('option', { name: 'model.head_units', exact: true }));
    },
    byKeyboard: async (hands) => {
      await hands.tabTo(grouping(hands.page));
      await hands.type('head_units');
      await hands.press('ArrowDown', 'Enter');
    },
    done: (page) => page.getByText(/^model\.head_units = 16: \d runs?/).waitFor(),
  },
  {
    name: 'share a run as a report',
    from: ({ run }) => `/runs/${run}`,
    most: { mouse: 1, keyboard: 7 },
    byMouse: (hands) => keeps(hands, () => hands.click(link(hands.page, 'Report'))),
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(link(hands.page, 'Report'));
      await keeps(hands, () => hands.press('Enter'));
    },
    done: () => Promise.resolve(),
  },
  {
    name: 'write a note',
    from: null,
    most: { mouse: 3, keyboard: 7 },
    byMouse: async (hands) => {
      await hands.click(note(hands.page));
      await hands.type('for the paper');
      await hands.press('Enter');
    },
    byKeyboard: async (hands) => {
      await hands.tabTo(note(hands.page));
      await hands.press('Enter');
      await hands.type('for the paper');
      await hands.press('Enter');
    },
    done: (page) => button(page, /^Note of .*: for the paper$/).waitFor(),
  },
  {
    name: 'make a model of a run',
    from: null,
    most: { mouse: 3, keyboard: 8 },
    byMouse: async (hands) => {
      await hands.click(button(hands.page, 'Promote …'));
      await hasFocus(model(hands.page));
      await hands.type('cells');
      await hands.press('Enter');
    },
    byKeyboard: async (hands) => {
      await hands.tabTo(button(hands.page, 'Promote …'), 'Shift+Tab');
      await hands.press('Enter');
      await hasFocus(model(hands.page));
      await hands.type('cells');
      await hands.press('Enter');
    },
    done: async (page) => {
      await page
        .getByRole('dialog')
        .getByText(/^cells:\d is run/)
        .waitFor();
    },
  },
  {
    name: 'try an image',
    from: () => '/try',
    most: { mouse: 1, keyboard: 9 },
    byMouse: (hands) => hands.click(sample(hands.page)),
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(sample(hands.page));
      await hands.press('Enter');
    },
    done: (page) => page.getByTestId('prediction').waitFor(),
  },
  {
    name: 'find the images that two runs disagree on',
    from: ({ best, others }) => `/compare?run=${best}&run=${others[0]!}`,
    most: { mouse: 2, keyboard: 13 },
    byMouse: async (hands) => {
      await hands.click(link(hands.page, /, image by image$/));
      await hands.click(disagreed(hands.page));
    },
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(link(hands.page, /, image by image$/));
      await hands.press('Enter');
      await disagreed(hands.page).waitFor();
      await hands.tabTo(disagreed(hands.page));
      await hands.press('Enter');
    },
    done: async (page) => {
      await expect.poll(() => page.getByLabel('A and B').inputValue()).toBe('only A right');
      await page.getByText(/^\d+ images?( of \d+ \w+)?$/).waitFor();
    },
  },
  {
    name: 'start a sweep',
    from: () => '/',
    most: { mouse: 5, keyboard: 27 },
    byMouse: async (hands) => {
      await hands.click(link(hands.page, 'New sweep'));
      await hands.click(text(hands.page));
      await hands.press('Control+a');
      await hands.paste(experiment);
      await hands.page.getByText('2 trials').waitFor();
      await hands.click(button(hands.page, 'Start the sweep'));
    },
    byKeyboard: async (hands) => {
      await hands.skip();
      await hands.tabTo(link(hands.page, 'New sweep'));
      await hands.press('Enter');
      await text(hands.page).waitFor();
      await hands.tabTo(link(hands.page, 'Skip to the text'));
      await hands.press('Enter', 'Control+a');
      await hands.paste(experiment);
      await hands.page.getByText('2 trials').waitFor();
      await hands.tabTo(button(hands.page, 'Start the sweep'));
      await hands.press('Enter');
    },
    done: async (page) => {
      await page.waitForURL(/\/sweeps\/.*task/);
      await says(page, 'It runs here.');
    },
  },
  {
    name: 'stop it and go on with it',
    from: null,
    most: { mouse: 2, keyboard: 6 },
    byMouse: async (hands) => {
      await hands.click(button(hands.page, 'Stop'));
      await says(hands.page, 'It has stopped.');
      await hands.click(button(hands.page, 'Resume'));
    },
    byKeyboard: async (hands) => {
      await hands.tabTo(button(hands.page, 'Stop'));
      await hands.press('Enter');
      await says(hands.page, 'It has stopped.');
      // It is the same button.
      await hands.press('Enter');
    },
    done: (page) => says(page, 'It runs here.'),
  },
];
