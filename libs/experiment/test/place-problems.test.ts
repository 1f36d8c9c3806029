import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExperimentError, readAnyExperiment, type LocatedMistake } from '../src/index.ts';

let root: string;
/** The folder that may be read; beside it lies `secret`, and a link in it leads there. */
let data: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-places-')));
  data = join(root, 'data');
  for (const folder of ['data/cells', 'secret/cells', 'data2'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['secret/w.h5', 'data/w.h5', 'secret/labels.csv', 'data/cells/labels.csv'])
    writeFileSync(join(root, file), '');
  symlinkSync(join(root, 'secret'), join(data, 'link'));
  symlinkSync(join(root, 'secret/w.h5'), join(data, 'linked.h5'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function mistakesOf(text: string, programs = false): readonly LocatedMistake[] {
  try {
    readAnyExperiment(text.replaceAll('ROOT', root), 'e.yaml', { allowed: { folders: [data], programs } });
    return [];
  } catch (error) {
    if (error instanceof ExperimentError) return error.mistakes;
    throw error;
  }
}

describe('an experiment that may read one folder alone', () => {
  it.each([
    ['the synthetic smear', 'training: {epochs: 2}'],
    ['the folder itself', 'dataset: {path: ROOT/data, layout: class-folders}'],
    ['a folder in it', 'dataset: {path: ROOT/data/cells}'],
    ['a table in the folder of images', 'dataset: {path: ROOT/data/cells, layout: csv}'],
    ['weights in it', 'model: {weights: ROOT/data/w.h5}'],
    ['words that are no path', 'model: {weights: random}'],
  ])('may name %s', (_, text) => {
    expect(mistakesOf(text)).toEqual([]);
  });

  it.each([
    ['a folder beside it', 'dataset: {path: ROOT/secret}', 'dataset.path'],
    ['one whose name begins as its own', 'dataset: {path: ROOT/data2}', 'dataset.path'],
    ['one that is not there', 'dataset: {path: ROOT/nothing}', 'dataset.path'],
    ['the way up', 'dataset: {path: ROOT/data/../secret}', 'dataset.path'],
    ['a link that leads out', 'dataset: {path: ROOT/data/link}', 'dataset.path'],
    ['a folder behind a link', 'dataset: {path: ROOT/data/link/cells}', 'dataset.path'],
    ['what is not there behind a link', 'dataset: {path: ROOT/data/link/nothing}', 'dataset.path'],
    ['the way up from a link', 'dataset: {path: ROOT/data/link/../secret}', 'dataset.path'],
    ['a relative path elsewhere', 'dataset: {path: libs}', 'dataset.path'],
    ['weights', 'model: {weights: ROOT/secret/w.h5}', 'model.weights'],
    ['linked weights', 'model: {weights: ROOT/data/linked.h5}', 'model.weights'],
    ['a network', 'model: {backbone: ROOT/secret/n.onnx}', 'model.backbone'],
    ['a table of groups', 'split: {groups: {csv: ROOT/secret/labels.csv, column: a}}', 'split.groups.csv'],
    [
      'a table outside the folder of images',
      'dataset: {path: ROOT/data/cells, layout: csv, csv: {file: ../../secret/labels.csv}}',
      'dataset.csv.file',
    ],
    [
      'a table by its whole path',
      'dataset: {path: ROOT/data/cells, layout: csv, csv: {file: /etc/passwd}}',
      'dataset.csv.file',
    ],
    [
      'one of several values',
      'dataset: {path: ROOT/data}\nparameters: {dataset.path: {values: [ROOT/data/cells, ROOT/secret]}}',
      'parameters.dataset.path',
    ],
    [
      'a value that some trials draw',
      'method: random\nrun_cap: 2\nparameters: {model.weights: {values: [random, ROOT/secret/w.h5]}}',
      'parameters.model.weights',
    ],
  ])('may not name %s, and nobody looks there', (_, text, path) => {
    const mistakes = mistakesOf(text);
    expect(mistakes.map((each) => each.path)).toEqual([path]);
    expect(mistakes[0]!.message).toMatch(/which lies outside/);
    expect(mistakes[0]!.message).not.toMatch(/exist|is a file/);
  });

  it('runs no program unless it may', () => {
    const text = `metric: {name: f1, goal: maximize}\ncommand: [echo]\nparameters: {lr: {values: [1]}}`;
    expect(mistakesOf(text)).toMatchObject([
      { line: 2, column: 1, path: 'command', remedy: { do: 'allow programs' } },
    ]);
    expect(mistakesOf(text, true)).toEqual([]);
  });
});

describe('a mistake', () => {
  it('says its line, its column and its setting', () => {
    expect(mistakesOf('name: x\nmodel:\n  head_units: lots\n  alfa: 1\n')).toMatchObject([
      { line: 3, column: 15, path: 'model.head_units' },
      { line: 4, path: 'model.alfa' },
    ]);
    expect(mistakesOf('a: [1,\n')[0]).toMatchObject({ path: '', line: expect.any(Number) as number });
  });
});
