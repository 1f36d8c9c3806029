import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { Hands } from './hands.ts';
import { describeInBrowser } from './in-browser.ts';
import { loaded } from './loaded.ts';
import { realRuns } from './real-store.ts';
import { tasks, type Subject, type Task } from './tasks.ts';

/** Does a task as people do; says how many steps it took. */
async function take(page: Page, url: string, task: Task, way: 'byMouse' | 'byKeyboard', subject: Subject) {
  if (task.from !== null) {
    await page.goto(url + task.from(subject));
    await loaded(page);
  }
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
    const { open, runsDir, url } = dashboard();
    const runs = await realRuns(runsDir);
    const subject = { ...runs, run: way === 'byMouse' ? runs.best : runs.others[0]! };
    const { page, errors } = await open('/');
    // A busy machine takes its time for an epoch.
    page.setDefaultTimeout(120_000);
    for (const task of tasks) {
      const steps = await take(page, url, task, way, subject);
      const most = task.most[way === 'byMouse' ? 'mouse' : 'keyboard'];
      expect([task.name, Math.max(steps, most)]).toEqual([task.name, most]);
    }
    // The last has left a sweep at work that would train for hours.
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'It has stopped.' }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
