import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runGap } from '../src/gap/run-gap.ts';
import { importRun } from '../src/import/import-run.ts';
import { listRuns } from '../src/runs/list-runs.ts';
import { runCompare } from '../src/runs/run-compare.ts';
import { showRun } from '../src/runs/show-run.ts';

/** The report of a public notebook on 1,989 validation and 2,487 test images of blood cells, typed in by hand. */
const printed = `Validation:
              precision    recall  f1-score   support

  EOSINOPHIL       0.94      0.91      0.93       499
  LYMPHOCYTE       0.98      0.98      0.98       496
    MONOCYTE       0.98      0.98      0.98       495
  NEUTROPHIL       0.92      0.95      0.94       499

    accuracy                           0.96      1989

Test:
              precision    recall  f1-score   support

  EOSINOPHIL       0.46      0.54      0.50       623
  LYMPHOCYTE       0.78      0.48      0.60       620
    MONOCYTE       0.79      0.33      0.47       620
  NEUTROPHIL       0.42      0.76      0.54       624

    accuracy                           0.53      2487

Test accuracy: 0.52795
`;

const scores = (precision: number, recall: number, f1: number, support: number) => ({
  precision,
  recall,
  'f1-score': f1,
  support,
});
const figures = {
  name: 'by hand',
  program: 'Keras 2.3',
  parameters: { 'model.alpha': 0.35 },
  history: { loss: [1, 0.5], val_accuracy: [0.6, null] },
  validation: { report: { A: scores(0.5, 1, 0.67, 2), B: scores(1, 0.5, 0.67, 4), accuracy: 0.667 } },
  test: { report: { A: scores(0.5, 0.5, 0.5, 2), B: scores(0.75, 0.75, 0.75, 4) } },
};
const rows = (right: string) =>
  [...right].map((digit, i) => ({
    file: `${i}.png`,
    label: i % 2 === 0 ? 'A' : 'B',
    probabilities: (digit === '1') === (i % 2 === 0) ? { A: 0.75, B: 0.25 } : { A: 0.25, B: 0.75 },
  }));
const predictions = { validation: { predictions: rows('111111') }, test: { predictions: rows('110110') } };

let folder: string;
let shown = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-import-'));
  shown = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function imported(content: unknown, file = 'results.json') {
  const path = join(folder, file);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  await importRun({ runsDir: join(folder, 'runs'), file: path, name: null, images: null, output: null });
  return openStore(join(folder, 'runs')).run('latest');
}

async function refusal(content: unknown, file = 'results.json'): Promise<string> {
  const error: unknown = await imported(content, file).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  expect(readdirSync(folder)).not.toContain('runs');
  return (error as UserError).message.replace(`${folder}/`, '');
}

describe('printed reports', () => {
  it('become a run whose gap per class is shown', async () => {
    const run = await imported(printed, 'notebook.txt');
    expect(run.id).toMatch(/-notebook-000-/);
    expect(shown).toContain(`npx nx run runs show ${run.id} --runs-dir ${join(folder, 'runs')}\n`);
    expect(run).toMatchObject({ state: 'finished', settings: null, provenance: null, sweep: null });
    expect(run.classes).toEqual(['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL']);
    expect(run.imported).toMatchObject({ file: 'notebook.txt', program: null });
    const { validation, test } = run.imported!.reports;
    expect(validation!.perClass[0]).toEqual({
      class: 'EOSINOPHIL',
      precision: 0.94,
      recall: 0.91,
      f1: 0.93,
      support: 499,
    });
    expect(test!.perClass[2]).toMatchObject({ precision: 0.79, recall: 0.33, f1: 0.47, support: 620 });
    expect(run.summary).toMatchObject({ val_accuracy: 0.96, test_accuracy: 0.52795, epochs: Number.NaN });
    expect(run.summary!.gap).toBeCloseTo(0.43205, 12);

    shown = '';
    await showRun({ runsDir: join(folder, 'runs'), run: 'latest', output: null });
    expect(shown).toMatch(
      /MONOCYTE +0\.98 +0\.98 +0\.98 +495 +0\.79 +0\.33 +0\.47 +620 +\+0\.19 +\+0\.65 +\+0\.51/,
    );
    expect(shown).toContain('Imported from notebook.txt; figures only for validation and test images');
    expect(shown).not.toMatch(/nan|No epoch/i);
  });

  it('may have classes that are called as their own rows, or with a line break', async () => {
    // As scikit-learn 1.9.1 prints them for target_names=['accuracy', 'macro avg', 'new\\nline', 'weighted avg'].
    const report = (rows: readonly string[], averages: readonly string[]) =>
      ['              precision    recall  f1-score   support', '', ...rows, '', ...averages, ''].join('\n');
    const validation = report(
      [
        '    accuracy       1.00      1.00      1.00         2',
        '   macro avg       1.00      1.00      1.00         2',
        '    new',
        'line       1.00      1.00      1.00         2',
        'weighted avg       1.00      1.00      1.00         2',
      ],
      [
        '    accuracy                           1.00         8',
        '   macro avg       1.00      1.00      1.00         8',
        'weighted avg       1.00      1.00      1.00         8',
      ],
    );
    const test = report(
      [
        '    accuracy       0.50      0.50      0.50         2',
        '   macro avg       0.67      1.00      0.80         2',
        '    new',
        'line       1.00      1.00      1.00         2',
        'weighted avg       1.00      0.50      0.67         2',
      ],
      [
        '    accuracy                           0.75         8',
        '   macro avg       0.79      0.75      0.74         8',
        'weighted avg       0.79      0.75      0.74         8',
      ],
    );
    const run = await imported(`Validation:\n${validation}\nTest:\n${test}`, 'odd.txt');
    expect(run.classes).toEqual(['accuracy', 'macro avg', 'new\nline', 'weighted avg']);
    expect(run.imported!.reports.test).toMatchObject({
      accuracy: 0.75,
      macro: { precision: 0.79, recall: 0.75, f1: 0.74 },
      perClass: [{ recall: 0.5 }, { precision: 0.67 }, { f1: 1 }, { recall: 0.5 }],
    });
    shown = '';
    await showRun({ runsDir: join(folder, 'runs'), run: 'latest', output: null });
    expect(shown).toMatch(/^class accuracy +1\.00/m);
    expect(shown).toMatch(/^accuracy +1\.00/m);
    expect(shown).toMatch(/^new\\nline +1\.00 +1\.00/m);
    expect(shown).toMatch(/^class macro avg +1\.00/m);
  });

  it('are told apart by the lines above them, else validation comes first', async () => {
    const [validation, test] = printed.split('Test:\n') as [string, string];
    const swapped = await imported(`Results on TEST images\n${test}\n${validation}`, 'a.txt');
    expect(swapped.summary!.val_accuracy).toBe(0.96);
    const bare = await imported(printed.replace('Validation:\n', '').replace('Test:\n', ''), 'b.txt');
    expect(bare.summary!.test_accuracy).toBe(0.52795);
  });

  it.each([
    ['nothing like a report', 'r.txt: found no classification reports'],
    [printed + printed, 'r.txt: found 4 classification reports '],
    [
      printed.replace('Test:', 'validation again:'),
      'r.txt, line 12: found a second report of validation images',
    ],
    [
      printed.replace('0.33', '0,33'),
      /^r\.txt, line 16: found "MONOCYTE .*0,33.*" in a classification report/,
    ],
    [printed.replace('0.79', '7.90'), 'r.txt, line 16: found 7.9 as a score of MONOCYTE; allowed: 0 to 1'],
    [
      printed.replace('0.53 ', '0.83 '),
      /^r\.txt, line 12: in this report, found the accuracy 0\.83, but 0\.528 follows/,
    ],
    [printed.replace('  MONOCYTE       0.79', '  MONOZYTE       0.79'), 'r.txt, line 12: found the classes'],
  ])('that are wrong are refused with the line: %#', async (text, message) => {
    expect(await refusal(text, 'r.txt')).toMatch(message);
  });
});

describe('JSON', () => {
  it('of figures completes what it does not give', async () => {
    const run = await imported(figures);
    expect(run).toMatchObject({ parameters: { 'model.alpha': 0.35 }, classes: ['A', 'B'] });
    expect(run.id).toMatch(/-by-hand-000-/);
    const { validation, test } = run.imported!.reports;
    expect(validation!.accuracy).toBe(0.667);
    expect(validation!.macro.recall).toBeCloseTo(0.75, 12);
    expect(test!.accuracy).toBeCloseTo(4 / 6, 12);
    expect(test!.weighted).toMatchObject({ support: 6 });
    const epochs = await openStore(join(folder, 'runs')).metrics('latest');
    expect(epochs.map(({ epoch, loss, val_accuracy }) => [epoch, loss, val_accuracy])).toEqual([
      [1, 1, 0.6],
      [2, 0.5, Number.NaN],
    ]);
  });

  it('of predictions makes a run that gap and compare take', async () => {
    const first = await imported(predictions);
    expect(first.summary).toMatchObject({ val_accuracy: 1, test_accuracy: 4 / 6 });
    expect(first.imported!.reports).toEqual({ validation: null, test: null });
    const second = await imported(predictions);
    const runsDir = join(folder, 'runs');
    shown = '';
    await runCompare({ runsDir, runs: [first.id, second.id], output: null });
    expect(shown).toContain('imported without its folder of images');
    shown = '';
    expect(await runGap({ runsDir, run: first.id, sweep: null, retrain: 3, output: null })).toBe(0);
    expect(shown).toContain('Leakage was not measured, because the run was imported');
  });

  it('of figures says what it cannot do without predictions', async () => {
    const run = await imported(figures);
    const runsDir = join(folder, 'runs');
    const message = /was imported from results\.json as figures, without predictions for single images/;
    await expect(runGap({ runsDir, run: run.id, sweep: null, retrain: 0, output: null })).rejects.toThrow(
      message,
    );
    await expect(openStore(runsDir).predictions(run.id, 'test')).rejects.toThrow(
      /figures, without predictions/,
    );
    shown = '';
    const usual = { sweep: null, where: null, sort: null, columns: null, archived: false, limit: null };
    await listRuns({ runsDir, ...usual, format: 'table', output: null });
    expect(shown).not.toMatch(/nan/i);
  });

  const wrong = (change: (copy: typeof figures & typeof predictions) => void, base: object = figures) => {
    const copy = structuredClone(base) as typeof figures & typeof predictions;
    change(copy);
    return copy;
  };
  it.each<[unknown, string | RegExp]>([
    ['{"validation": {,', /^results\.json.*: not JSON: /],
    [
      '{}',
      'results.json, line 1: validation: found nothing; allowed: {"report": ...} or {"predictions": [...]}',
    ],
    ['[1, 2]', 'results.json, line 1: found [1,2]; allowed: an object with "validation" and "test"'],
    [{ ...figures, tset: 1 }, 'results.json, line 50: tset: unknown key; did you mean test?'],
    [{ hello: 1 }, 'results.json, line 2: hello: unknown key; allowed: name, program, parameters, '],
    [
      wrong((copy) => (copy.validation.report.A.recall = 1.4)),
      /line 21: validation\.report\.A\.recall: found 1\.4; allowed: a number from 0 to 1/,
    ],
    [
      wrong((copy) => (copy.test.report.B.support = 2.5)),
      /support: found 2\.5; allowed: a whole number of images/,
    ],
    [wrong((copy) => (copy.validation.report.accuracy = 0.9)), /found the accuracy 0\.9, but 0\.667 follows/],
    [
      wrong((copy) => Object.assign(copy.test.report, { C: scores(1, 1, 1, 1) })),
      /found the class C; allowed: A, B/,
    ],
    [wrong((copy) => copy.history.loss.push(1)), /history: found lists of 3 and 2 epochs/],
    [{ ...figures, test: {} }, /test: found \{\}; allowed: either "report" or "predictions"/],
    [
      wrong((copy) => (copy.test.predictions[1]!.label = 'C'), predictions),
      /line \d+: test\.predictions\[1\]\.label: found "C"; allowed: A, B/,
    ],
    [
      wrong((copy) => (copy.test.predictions[1]!.file = '0.png'), predictions),
      /found "0\.png" twice; allowed: each image once/,
    ],
    [
      wrong((copy) => (copy.test.predictions[1]!.probabilities.A = 0.9), predictions),
      /probabilities: found probabilities that add up to 1\.65; allowed: one for each of A, B, together 1/,
    ],
  ])('that is wrong is refused with line and key: %#', async (content, message) => {
    expect(await refusal(content)).toMatch(message);
  });

  it('with a folder of images says what does not go with it', async () => {
    writeFileSync(
      join(folder, 'study.csv'),
      'number,value,datetime_start,params_x,state\n0,1,,1,COMPLETE\n1,2,,2,COMPLETE\n',
    );
    const options = {
      runsDir: folder,
      name: null,
      images: folder,
      output: null,
      file: join(folder, 'study.csv'),
    };
    await expect(importRun(options)).rejects.toThrow('--images: found with 2 runs in');
  });

  it('names a file that is not there and a folder', async () => {
    const options = { runsDir: folder, name: null, images: null, output: null };
    await expect(importRun({ ...options, file: 'no-such.json' })).rejects.toThrow(
      'found no file of this name',
    );
    await expect(importRun({ ...options, file: folder })).rejects.toThrow('found a folder');
  });
});

describe('what other programs left', () => {
  it('of one part says what it lacks and shows the rest', async () => {
    const validation = printed.split('Test:')[0]!;
    const run = await imported(validation, 'val-report.txt');
    expect(run.summary).toMatchObject({ val_accuracy: 0.96, test_accuracy: Number.NaN });
    expect(shown).toContain('It has no results on test images, so there is no gap between the two.');
    expect(shown).toContain('Of validation images it has figures alone');
    shown = '';
    await showRun({ runsDir: join(folder, 'runs'), run: 'latest', output: null });
    expect(shown).toMatch(/Validation accuracy 0\.96/);
    expect(shown).toMatch(/recall of MONOCYTE +98\.0 % +9\d\.\d to 9\d\.\d % +495/);
    expect(shown).not.toMatch(/nan/i);
  });

  it('of curves alone shows them', async () => {
    const run = await imported('{"loss": [1, NaN], "auc": [0.5, 0.75], "val_loss": [1, 2]}', 'history.json');
    expect(run.summary).toMatchObject({ val_loss: 2, train_auc: 0.75, epochs: 2 });
    expect(shown).toContain('It has curves alone');
    shown = '';
    await showRun({ runsDir: join(folder, 'runs'), run: 'latest', output: null });
    expect(shown).toMatch(/auc .* 0\.5000 to 0\.7500/);
  });

  it('with accuracies in per cent says so, of one run and of several', async () => {
    await imported('{"loss": [2, 1], "val_accuracy": [60, 93.5]}', 'history.json');
    expect(shown).toContain('It has an accuracy above 1 (val_accuracy 93.5): per cent, it seems.');
    const table = 'Name,State,Created,val_accuracy\na,finished,,0.9\nb,finished,,91\n';
    await imported(table, 'runs.csv');
    expect(shown).toContain('1 of the 2 runs has an accuracy above 1 (val_accuracy 91)');
  });

  it('in a table whose last line has no end says that its last number may be cut', async () => {
    await imported('label,A,B\nA,1,0\nB,0.3,0.7', 'test.csv');
    expect(shown).toContain(
      'The last line of the table has no end: if the file was cut there, its last number, 0.7,',
    );
  });

  it('of several runs is several', async () => {
    const study = 'number,value,datetime_start,params_x,state\n0,0.5,,1,COMPLETE\n1,0.25,,2,PRUNED\n';
    const last = await imported(study, 'study.csv');
    expect(shown).toContain('Imported 2 runs:');
    expect(last).toMatchObject({ state: 'pruned', parameters: { x: 2 }, summary: { value: 0.25 } });
  });

  it('with groups gives intervals, gap and comparison that go by them', async () => {
    const grouped = (part: { predictions: ReturnType<typeof rows> }, name: string) => ({
      predictions: part.predictions.map((row, i) => ({ ...row, group: `${name} ${Math.floor(i / 2)}` })),
    });
    const results = {
      validation: grouped(predictions.validation, 'v'),
      test: grouped(predictions.test, 't'),
    };
    const [first, second] = [await imported(results), await imported(results)];
    const runsDir = join(folder, 'runs');
    shown = '';
    await showRun({ runsDir, run: first.id, output: null });
    expect(shown).toMatch(/groups +3 +3\n/);
    shown = '';
    await runCompare({ runsDir, runs: [first.id, second.id], output: null });
    expect(shown).not.toContain('without its folder');
    shown = '';
    expect(await runGap({ runsDir, run: first.id, sweep: null, retrain: 0, output: null })).toBe(0);
    expect(shown).toMatch(/3 groups/);
  });
});
