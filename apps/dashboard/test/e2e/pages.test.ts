import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { loaded } from './loaded.ts';
import { turnTo, violations } from './open-page.ts';
import { shifted, watchShifts } from './layout-shift.ts';
import { realRuns } from './real-store.ts';

/** What stands is to stay where it is while more comes: a good layout shift by Core Web Vitals is 0.1. */
const mostShift = 0.05;

/** By width, the scheme that a page is opened in, and the one that it is turned to. */
const schemes = { 1280: ['light', 'dark'], 400: ['dark', 'light'] } as const;

describeInBrowser('every page of a store that commands made', copyRealStore, (dashboard) => {
  it.each([1280, 400] as const)(
    'opens without an error, for everybody, %i pixels wide, light and dark',
    async (width) => {
      const { runsDir, go, open } = dashboard();
      const { sweep, killedSweep, best, others, killed, imported } = await realRuns(runsDir);
      const compared = [best, others[0]!, imported].map((run) => `run=${run}`).join('&');
      // One page for all, so that what they share is read once.
      const { page, errors } = await open('/sweeps', { width });
      await watchShifts(page);
      for (const path of [
        '/',
        '/sweeps',
        '/sweeps/new',
        `/sweeps/${sweep}`,
        `/sweeps/${killedSweep}`,
        '/runs',
        `/runs/${best}`,
        `/runs/${killed}`,
        `/runs/${imported}`,
        '/compare',
        `/compare?${compared}`,
        '/api',
      ]) {
        for (const [i, colorScheme] of schemes[width].entries()) {
          await turnTo(page, colorScheme);
          if (i === 0) await go(page, path);
          else await loaded(page);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          const found = [
            path,
            colorScheme,
            errors,
            await violations(page, i === 0 ? undefined : 'color-contrast'),
            wide <= 0,
            Math.max(mostShift, await shifted(page)),
          ];
          expect(found).toEqual([path, colorScheme, [], [], true, mostShift]);
        }
      }
    },
  );

  it('says what to do where there is nothing', async () => {
    const { go, openPage } = dashboard();
    const { page } = await openPage();
    for (const [path, text] of [
      ['/nowhere', 'There is no such page'],
      ['/runs/nothing', 'There is no such run'],
      ['/sweeps/nothing', 'There is no such sweep'],
      ['/compare?run=a&run=b', 'Not all of these runs can be read'],
    ] as const) {
      await go(page, path);
      await page.getByText(text).waitFor();
      expect([path, await violations(page)]).toEqual([path, []]);
    }
  });
});

describeInBrowser(
  'an empty store',
  () => Promise.resolve(),
  (dashboard) => {
    it.each([
      ['/', 'There are no sweeps yet'],
      ['/sweeps', 'There are no sweeps yet'],
      ['/runs', 'There are no runs yet'],
    ])('%s says how to fill it', async (path, text) => {
      const { page, errors } = await dashboard().open(path);
      await page.getByText(text).waitFor();
      await page.getByText('npx nx run sweep --config experiments/unfreeze.yaml').waitFor();
      expect([errors, await violations(page)]).toEqual([[], []]);
    });
  },
);
