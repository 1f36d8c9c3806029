import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { Hands } from './hands.ts';
import { describeInBrowser, type Dashboard } from './in-browser.ts';
import { realRuns } from './real-store.ts';
import { tasks, type Subject, type Task } from './tasks.ts';

/** Does a task as people do; says how many steps it took. */
async function take(
  page: Page,
  go: Dashboard['go'],
  task: Task,
  way: 'byMouse' | 'byKeyboard',
  subject: Subject,
) {
  if (task.from !== null) await go(page, task.from(subject));
  const hands = new Hands(page);
  try {
    await task[way](hands);
    await task.done(page);
  } catch (error) {
    throw new Error(`${task.name}, ${way}: ${String(error)}`, { cause: error });
  }
  return hands.steps;
}

describeInBrowser('what people come for', copyRealStore, (dashboard) => {
  it.each(['byMouse', 'byKeyboard'] as const)('takes few steps, %s', async (way) => {
    const { go, openPage, runsDir } = dashboard();
    const runs = await realRuns(runsDir);
    const subject = { ...runs, run: way === 'byMouse' ? runs.best : runs.others[0]! };
    const { page, errors } = await openPage();
    for (const task of tasks) {
      const steps = await take(page, go, task, way, subject);
      const most = task.most[way === 'byMouse' ? 'mouse' : 'keyboard'];
      expect([task.name, Math.max(steps, most)]).toEqual([task.name, most]);
    }
    // The last has left a sweep at work that would train for hours.
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'It has stopped.' }).waitFor();
    expect(errors).toEqual([]);
  });
});
