import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectProvenance, openStore } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { archiveRuns } from '../src/runs/archive-runs.ts';
import { deleteRuns, restoreRuns } from '../src/runs/delete-runs.ts';
import { listRuns, type ListRunsOptions } from '../src/runs/list-runs.ts';
import { noteRun } from '../src/runs/note-run.ts';
import { purgeRuns } from '../src/runs/purge-runs.ts';
import { showRun } from '../src/runs/show-run.ts';
import { tagRuns } from '../src/runs/tag-runs.ts';
import { job, summary } from '@thaw/sweep/testing';

let runsDir: string;
let shown: string;
/** Ids of three runs with validation accuracies 0.7, 0.9 and 0.8, the oldest first. */
let ids: string[];

beforeEach(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-manage-'));
  shown = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((shown += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  ids = [];
  for (const [i, accuracy] of [0.7, 0.9, 0.8].entries()) {
    const store = openStore(runsDir, () => new Date(Date.UTC(2026, 0, 1 + i)));
    const run = await store.importRun({
      name: `run-${i}`,
      file: 'results.json',
      program: null,
      reports: { validation: null, test: null },
      parameters: { 'model.scenario': i === 1 ? 'partial_unfreeze' : 'feature_extraction' },
      classes: ['A', 'B'],
      summary: summary(accuracy, 0.5),
      epochs: [],
      predictions: { validation: null, test: null },
    });
    ids.push(run.id);
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(runsDir, { recursive: true });
});

async function listed(changes: Partial<ListRunsOptions> = {}): Promise<number[]> {
  shown = '';
  const usual = { sweep: null, where: null, sort: null, columns: null, archived: false, limit: null };
  await listRuns({ runsDir, ...usual, format: 'table', output: null, ...changes });
  return shown.split('\n').flatMap((line) => ids.flatMap((id, i) => (line.includes(id) ? [i] : [])));
}

describe('runs list', () => {
  it('shows the newest first, or sorts by a column', async () => {
    expect(await listed()).toEqual([2, 1, 0]);
    expect(await listed({ sort: 'val_accuracy' })).toEqual([0, 2, 1]);
    expect(await listed({ sort: '-val_accuracy' })).toEqual([1, 2, 0]);
  });

  it('shows the runs for which an expression is true', async () => {
    expect(await listed({ where: 'val_accuracy > 0.75' })).toEqual([2, 1]);
    const where = 'val_accuracy > 0.75 and model.scenario = "partial_unfreeze"';
    expect(await listed({ where })).toEqual([1]);
    expect(await listed({ where: 'val_accuracy > 1' })).toEqual([]);
    expect(shown).toBe(`None of 3 runs in ${runsDir} fits.\n`);
  });

  it('shows the columns that are asked for', async () => {
    expect(await listed({ columns: ['model.scenario', 'val_accuracy'] })).toEqual([2, 1, 0]);
    expect(shown).toMatch(/run +model\.scenario +val_accuracy\n/);
    expect(shown).toMatch(/partial_unfreeze +0\.9000/);
  });

  it('shows no more than the limit, after sorting', async () => {
    expect(await listed({ limit: 2 })).toEqual([2, 1]);
    expect(await listed({ limit: 1, sort: '-val_accuracy' })).toEqual([1]);
    expect(await listed({ limit: 9 })).toEqual([2, 1, 0]);
  });

  it('prints JSON and CSV, whole or of some columns, and writes the same to a file', async () => {
    await tagRuns({ runsDir, runs: [ids[2]!], where: null, add: ['a', 'b'], remove: [] });
    await listed({ format: 'json', limit: 1 });
    expect(JSON.parse(shown)).toMatchObject([
      { id: ids[2], state: 'finished', summary: { val_accuracy: 0.8 }, tags: ['a', 'b'], note: '' },
    ]);
    const output = join(runsDir, 'list.csv');
    await listed({ format: 'csv', columns: ['val_accuracy', 'tags', 'note'], sort: 'val_accuracy', output });
    expect(shown).toBe(
      `id,val_accuracy,tags,note\r\n${ids[0]!},0.7,,\r\n${ids[2]!},0.8,"a, b",\r\n${ids[1]!},0.9,,\r\n`,
    );
    expect(readFileSync(output, 'utf8')).toBe(shown);
    await listed({ format: 'csv' });
    expect(shown.split('\r\n')[0]).toMatch(/^run,sweep,number,state,.*val_accuracy/);
    await listed({ format: 'json', where: 'val_accuracy > 1' });
    expect(JSON.parse(shown)).toEqual([]);
  });

  it.each([
    [{ sort: '-val_acuracy' }, 'no run has a column val_acuracy; did you mean val_accuracy?'],
    [{ columns: ['scenario_'] }, /no run has a column scenario_/],
    [{ where: 'val_acuracy > 0' }, /no run has a column val_acuracy; did you mean val_accuracy\?/],
    [{ where: 'val_accuracy >' }, /val_accuracy >/],
  ])('says what is wrong with %j', async (changes, message) => {
    await expect(listed(changes)).rejects.toThrow(message);
  });
});

describe('runs tag and runs note', () => {
  const tag = (changes: { runs?: string[]; where?: string; add?: string[]; remove?: string[] }) =>
    tagRuns({ runsDir, runs: [], where: null, add: [], remove: [], ...changes });
  const note = (text: string | null, append = false) => noteRun({ runsDir, run: ids[0]!, text, append });

  it('adds and removes tags, which the list then shows and finds', async () => {
    await tag({ where: 'val_accuracy > 0.75', add: ['paper', 'draft'] });
    shown = '';
    await tag({ runs: [ids[1]!, ids[0]!], add: ['old'], remove: ['draft'] });
    expect(shown).toBe(`${ids[0]!}: old\n${ids[1]!}: paper, old\n`);
    expect(await listed({ where: 'tags contains "paper"' })).toEqual([2, 1]);
    expect(shown).toMatch(/tags\n.*paper, draft\n.*paper, old\n/);
  });

  it.each([
    [{ runs: ['latest'] }, 'say what to change: --add TAG or --remove TAG'],
    [{ runs: ['latest'], add: ['a'], remove: ['a'] }, '--add and --remove both name the tag a'],
    [{ add: ['a'] }, 'say which runs'],
    [{ runs: ['latest'], add: [' '] }, 'this cannot be noted'],
  ])('says what is wrong with %j', async (changes, message) => {
    await expect(tag(changes)).rejects.toThrow(message);
  });

  it('writes a note, adds to it, shows it and removes it', async () => {
    const told = vi.mocked(process.stderr.write);
    await note('stain B');
    await note('new camera', true);
    shown = '';
    await note(null);
    expect(shown).toBe('stain B\nnew camera\n');
    expect(told).not.toHaveBeenCalled();
    await note('');
    expect(told).toHaveBeenCalledWith('The note was: stain B\nnew camera\n');
    shown = '';
    await note(null);
    expect(shown).toBe(`run ${ids[0]!} has no note\n`);
  });

  it('is shown by runs show', async () => {
    const newRun = { sweep: null, number: 0, parameters: {}, settings: null, provenance: null };
    const run = await openStore(runsDir).createRun(newRun);
    await run.fail('out of memory');
    ids = [run.id];
    await tag({ runs: ids, add: ['paper'] });
    await note('stain B');
    await showRun({ runsDir, run: run.id, output: null });
    expect(shown).toMatch(/^Tags: paper\nNote: stain B$/m);
  });
});

describe('runs show', () => {
  it('does not say that no epoch has ended where the summary knows better', async () => {
    const { settings } = job(0);
    const newRun = { sweep: null, number: 0, parameters: {}, settings, provenance: null };
    const run = await openStore(runsDir).createRun(newRun);
    await showRun({ runsDir, run: run.id, output: null });
    expect(shown).toContain('No epoch has ended.');
    shown = '';
    const ended = summary(0.7, 0.5);
    await run.finish(ended, null);
    await showRun({ runsDir, run: run.id, output: null });
    expect(shown).not.toContain('No epoch has ended.');
    expect(shown).toContain(`${ended.epochs} have ended, and metrics.jsonl, which holds them, has none.`);
  });
});

describe('runs archive', () => {
  it('chooses by the states that the list shows: a run whose process died is interrupted, and its trial has failed', async () => {
    const store = openStore(runsDir);
    const sweep = await store.createSweep({
      experimentText: '',
      experimentFile: 'a.yaml',
      name: 'a',
      method: 'grid',
      metric: { name: 'val_accuracy', goal: 'maximize' },
      parameters: {},
      engine: 'onnx',
      workers: 1,
    });
    const newRun = { sweep: sweep.id, number: 0, parameters: {}, settings: null, provenance: null };
    const run = await store.createRun(newRun);
    await run.interrupt();
    await sweep.addTrial({ number: 0, run: run.id, parameters: {} });
    await sweep.updateTrial(0, { error: 'it was out of memory' });
    await sweep.finish('finished');
    await archiveRuns({ runsDir, runs: [], where: 'state = failed', undo: false });
    ids = [run.id];
    expect(await listed({ archived: true, where: 'state = failed' })).toEqual([0]);
    expect(await listed({ archived: true, where: 'state = interrupted' })).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  it('leaves runs out of the list until they are taken back', async () => {
    const choice = { runsDir, runs: [], where: 'val_accuracy < 0.85' };
    await archiveRuns({ ...choice, undo: false });
    expect(await listed()).toEqual([1]);
    expect(await listed({ archived: true })).toEqual([2, 1, 0]);
    await archiveRuns({ ...choice, undo: true });
    expect(await listed()).toEqual([2, 1, 0]);
  });

  it('wants to know which', async () => {
    const archive = (runs: string[], where: string | null) =>
      archiveRuns({ runsDir, runs, where, undo: false });
    await expect(archive([], null)).rejects.toThrow('say which runs: their ids, or --where');
    await expect(archive([], 'val_accuracy > 1')).rejects.toThrow(/no run for which this is true/);
    await expect(archive(['nothing'], null)).rejects.toThrow(/nothing/);
  });
});

describe('runs delete', () => {
  const choice = () => ({ runsDir, runs: [ids[1]!], where: null });

  it('deletes runs, and brings them back as they were', async () => {
    const before = await openStore(runsDir).run(ids[1]!);
    await deleteRuns({ ...choice(), yes: true });
    expect(await listed()).toEqual([2, 0]);
    await restoreRuns({ runsDir, runs: [ids[1]!] });
    expect(await listed()).toEqual([2, 1, 0]);
    expect(await openStore(runsDir).run(ids[1]!)).toEqual(before);
  });

  it('deletes nothing where nobody can be asked', async () => {
    await expect(deleteRuns({ ...choice(), yes: false })).rejects.toThrow(/confirm with --yes/);
    expect(await listed()).toEqual([2, 1, 0]);
  });

  it('deletes nothing when one of the runs is running', async () => {
    const store = openStore(runsDir);
    const { settings } = job(0);
    const writer = await store.createRun({
      sweep: null,
      number: 3,
      parameters: {},
      settings,
      provenance: await collectProvenance({ directory: runsDir }),
    });
    try {
      const runs = [ids[0]!, writer.id];
      await expect(deleteRuns({ runsDir, runs, where: null, yes: true })).rejects.toThrow(
        /is running; nothing was deleted/,
      );
      expect(await listed()).toContain(0);
    } finally {
      await writer.interrupt();
    }
  });
});

describe('runs purge', () => {
  it('removes deleted runs for good, and no others', async () => {
    await deleteRuns({ runsDir, runs: [ids[0]!, ids[1]!], where: null, yes: true });
    await restoreRuns({ runsDir, runs: [ids[1]!] });
    await expect(purgeRuns({ runsDir, yes: false })).rejects.toThrow(
      `would remove for good this run: ${ids[0]!}; confirm with --yes`,
    );
    await purgeRuns({ runsDir, yes: true });
    expect(shown).toMatch(/removed for good: 1 deleted run, [\d.]+ K?B\n$/);
    await expect(restoreRuns({ runsDir, runs: [ids[0]!] })).rejects.toThrow('there is no deleted run');
    expect(await listed()).toEqual([2, 1]);
    await purgeRuns({ runsDir, yes: true });
    expect(shown).toMatch(/there are no deleted runs\n$/);
  });
});
