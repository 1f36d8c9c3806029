import { readFile } from 'node:fs/promises';
import { percent } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { copyRealStore } from './copy-real-store.ts';
import { describeInBrowser } from './in-browser.ts';
import { realRuns } from './real-store.ts';

describeInBrowser('the runs table', copyRealStore, (dashboard) => {
  it('filters, sorts and groups runs, and keeps the view in the address', async () => {
    const { open, runsDir } = dashboard();
    const { page, errors } = await open('/runs');
    const { runs } = await openStore(runsDir).runs();
    const of16 = runs.filter(({ settings }) => settings?.model.head_units === 16);
    await page.getByLabel('Filter by an expression').fill('model.head_units = 16');
    await page.getByText(`${of16.length} of ${runs.length} runs`).waitFor();
    await page.getByRole('button', { name: 'val_accuracy', exact: true }).click();
    await page.waitForURL(/sort=-val_accuracy/);
    const finished = of16.filter(({ summary }) => summary);
    const best = finished.reduce((a, b) => (b.summary!.val_accuracy > a.summary!.val_accuracy ? b : a));
    const firstRow = page.locator('tbody tr[aria-rowindex="2"]');
    await firstRow.getByText(percent(best.summary!.val_accuracy)).first().waitFor();
    await page.getByPlaceholder('Group by').click();
    await page.getByRole('option', { name: 'model.scenario', exact: true }).click();
    await page.getByText(/^model\.scenario = feature_extraction: \d runs? .*validation .* ±/).waitFor();
    await page.reload();
    await page.getByText(/^model\.scenario = feature_extraction: \d runs/).waitFor();
    await page.getByText(`${of16.length} of ${runs.length} runs`).waitFor();
    await page.getByLabel('Filter by an expression').fill('model.head_unit = 16');
    await page.getByText('did you mean model.head_units?').waitFor();
    expect(errors).toEqual([]);
  });

  it('narrows to a value that is chosen, and searches', async () => {
    const { open, runsDir } = dashboard();
    const { imported } = await realRuns(runsDir);
    const { page } = await open('/runs');
    await page.getByRole('button', { name: 'Values' }).click();
    await page.getByRole('menuitem', { name: /^partial_unfreeze/ }).click();
    await page.waitForURL(/where=/);
    await expect
      .poll(() => page.getByLabel('Filter by an expression').inputValue())
      .toBe('model.scenario = "partial_unfreeze"');
    await page.getByLabel('Filter by an expression').fill('');
    await page.getByLabel('Search').fill('notebook');
    await page.getByText(/^1 of /).waitFor();
    await page.getByRole('link', { name: imported }).waitFor();
  });

  it('deletes runs and brings them back, from the table and from the page of the deleted run', async () => {
    const { open, runsDir } = dashboard();
    const { killed } = await realRuns(runsDir);
    const { page, errors } = await open('/runs');
    const shown = async () =>
      Number(/of (\d+) runs/.exec(await page.getByText(/of \d+ runs/).innerText())![1]);
    const all = await shown();
    for (const back of ['table', 'page'] as const) {
      await page.getByLabel(new RegExp(`^Select .*${killed}`)).check();
      await page.getByRole('button', { name: 'Delete' }).click();
      await expect.poll(shown).toBe(all - 1);
      if (back === 'table') await page.getByRole('button', { name: 'Undo' }).click();
      else {
        const { page: gone } = await open(`/runs/${killed}`);
        await gone.getByText('This run was deleted').waitFor();
        await gone.getByRole('button', { name: 'Bring it back' }).click();
        await gone.getByText('interrupted', { exact: true }).waitFor();
      }
      await expect.poll(shown).toBe(all);
    }
    expect(errors).toEqual([]);
  });

  it('archives runs, which the table then leaves out until they are asked for', async () => {
    const { open, runsDir } = dashboard();
    const { imported } = await realRuns(runsDir);
    const { page } = await open('/runs');
    await page.getByLabel(new RegExp(`^Select .*${imported}`)).check();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByRole('link', { name: imported }).waitFor({ state: 'detached' });
    const archived = page.getByRole('switch', { name: 'Archived' });
    // The switch turns when the address has changed, a moment after the click.
    await archived.click();
    await expect.poll(() => archived.isChecked()).toBe(true);
    await page.getByRole('link', { name: imported }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await archived.click();
    await expect.poll(() => archived.isChecked()).toBe(false);
    await page.getByRole('link', { name: imported }).waitFor();
  });

  it('keeps notes and tags that are written in place', async () => {
    const { open, runsDir } = dashboard();
    const { best } = await realRuns(runsDir);
    const { page, errors } = await open('/runs');
    await page.getByLabel(`Add a note to ${best}`).click();
    await page.getByLabel(`Note of ${best}`).fill('for the paper');
    await page.keyboard.press('Enter');
    await page.getByText('for the paper').waitFor();
    await page.getByLabel(`Add tags to ${best}`).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    // Leaving the field enters what is half typed.
    await page.keyboard.type('paper');
    await page.getByRole('heading', { level: 1 }).click();
    await page.getByLabel(`Tags of ${best}: paper`).waitFor();
    await page.reload();
    await page.getByLabel(`Tags of ${best}: paper`).waitFor();
    await page.getByText('for the paper').waitFor();
    // The run's own page has them, too, and what else can be done with it.
    await page.getByRole('link', { name: best }).click();
    await page.getByRole('heading', { level: 1, name: /^Trial/ }).waitFor();
    await page.getByLabel(`Note of ${best}: for the paper`).click();
    await page.getByLabel(`Note of ${best}`).fill('for the appendix');
    await page.keyboard.press('Enter');
    await page.getByLabel(`Tags of ${best}: paper`).waitFor();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByRole('button', { name: 'Unarchive' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Archive', exact: true }).waitFor();
    await page.goBack();
    await page.getByText('for the appendix').waitFor();
    expect(errors).toEqual([]);
  });

  it('keeps in its field what cannot be saved, and asks again for a part of the page that did not come', async () => {
    const { open, runsDir } = dashboard();
    const { imported } = await realRuns(runsDir);
    const { page } = await open('/runs');
    const told = page.getByRole('alert');
    await page.route('**/{annotations,chunks/**}', (route) => route.abort());
    await page.getByLabel(`Add a note to ${imported}`).click();
    const note = page.getByLabel(`Note of ${imported}`, { exact: true });
    await note.fill('not lost');
    await note.press('Enter');
    await told.getByText('Not done').waitFor();
    expect(await note.inputValue()).toBe('not lost');
    await page.getByLabel(`Add tags to ${imported}`).click();
    await told.getByText('Not loaded').waitFor();
    await page.unrouteAll();
    await page.getByLabel(`Add tags to ${imported}`).click();
    const tags = page.getByRole('combobox', { name: `Tags of ${imported}` });
    await tags.waitFor();
    await page.route('**/annotations', (route) => route.abort());
    await page.keyboard.type('unsaved');
    await page.keyboard.press('Escape');
    // The field lets go of who wrote in it, and opens again with what was not saved.
    await tags.waitFor({ state: 'detached' });
    await page.getByLabel(`Tags of ${imported}, not saved: unsaved`).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await tags.waitFor({ state: 'detached' });
    await page.getByLabel(`Tags of ${imported}, not saved: unsaved`).click();
    await tags.press('Escape');
    await page.getByLabel(`Add tags to ${imported}`).waitFor();
    await page.unrouteAll();
    await note.press('Enter');
    await page.getByLabel(`Note of ${imported}: not lost`).waitFor();
  });

  it('exports what is shown', async () => {
    const { page } = await dashboard().open(
      '/runs?columns=id,val_accuracy&where=state+%3D+finished&sort=-val_accuracy',
    );
    const saved = async (format: string) => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      return readFile(await file.path(), 'utf8');
    };
    const rows = JSON.parse(await saved('JSON')) as { id: string; val_accuracy: number }[];
    expect(rows.map(({ val_accuracy }) => val_accuracy)).toEqual(
      rows.map(({ val_accuracy }) => val_accuracy).sort((a, b) => b - a),
    );
    const csv = ['id,val_accuracy', ...rows.map(({ id, val_accuracy }) => `${id},${val_accuracy}`), ''];
    expect(await saved('CSV')).toBe(csv.join('\r\n'));
  });
});
