import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { openStore } from '@thaw/tracking';
import type { Page, Response } from 'playwright-core';
import { expect, it } from 'vitest';
import { epochOf, newRun, summaryOf } from '../made-run.ts';
import { describeInBrowser } from './in-browser.ts';

// How soon, bench/live-sweep.ts measures; here a busy machine takes its time.
const soon = { interval: 50 };

/** How many points the curves of a page have, and how high the last is. */
async function drawnEpochs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const plot = document.querySelector('[aria-label="loss over epochs"]') as unknown as {
      data?: { x: number[] }[];
    } | null;
    return plot?.data?.[0]?.x.length ?? 0;
  });
}

describeInBrowser(
  'while runs are at work',
  () => Promise.resolve(),
  (dashboard) => {
    it('epochs appear, and none that the page has is sent again', async () => {
      const { open, runsDir } = dashboard();
      const run = await openStore(runsDir).createRun(newRun());
      run.logEpoch(epochOf(1));
      await run.flush();
      const { page, errors } = await open(`/runs/${run.id}`);
      const answers: Promise<{ epochs: { epoch: number }[] }>[] = [];
      const keep = (response: Response) => {
        if (new URL(response.url()).pathname.endsWith('/epochs')) answers.push(response.json());
      };
      page.on('response', keep);
      for (let epoch = 2; epoch <= 4; epoch++) {
        run.logEpoch(epochOf(epoch));
        await expect.poll(() => drawnEpochs(page), soon).toBe(epoch);
      }
      await writeFile(join(runsDir, 'runs', run.id, 'log.txt'), 'what was logged last');
      await run.finish(summaryOf(0.9, 0.5), ['A', 'B']);
      await expect.poll(() => page.getByText('finished', { exact: true }).count(), soon).toBe(1);
      await page.getByText('what was logged last').waitFor();
      // Answers are read to their end before the page closes, and none is begun that the closing would cut off.
      page.off('response', keep);
      const delivered = (await Promise.all(answers)).flatMap(({ epochs }) => epochs);
      const later = delivered.map(({ epoch }) => epoch).filter((epoch) => epoch > 1);
      expect([later, errors]).toEqual([[2, 3, 4], []]);
    });

    it('the table shows the last epoch, then how the run ended', async () => {
      const { open, runsDir } = dashboard();
      const run = await openStore(runsDir).createRun(newRun());
      const { page } = await open('/runs?columns=id,state,epochs,train_loss');
      const row = page.getByRole('row', { name: new RegExp(run.id) });
      await row.getByText('running').waitFor();
      run.logEpoch({ ...epochOf(7), loss: 0.1234 });
      await expect.poll(() => row.getByText('0.1234').count(), soon).toBe(1);
      await run.fail('the loss is NaN');
      await expect.poll(() => row.getByText('failed').count(), soon).toBe(1);
    });

    it('a run whose process was killed turns to interrupted', async () => {
      const { open, runsDir } = dashboard();
      const child = spawn(
        process.execPath,
        [...programArguments(join(import.meta.dirname, 'endless-run.ts')), runsDir],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const id = await new Promise<string>((done) => {
        child.stdout.setEncoding('utf8').once('data', (text: string) => done(text.trim()));
      });
      const { page } = await open(`/runs/${id}`);
      await page.getByText('running', { exact: true }).waitFor();
      const ended = new Promise((done) => child.once('close', done));
      child.kill('SIGKILL');
      await ended;
      await expect.poll(() => page.getByText('interrupted', { exact: true }).count(), soon).toBe(1);
    });
  },
);
