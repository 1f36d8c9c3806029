import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBroughtPredictions } from '../src/executors/program/brought-predictions.ts';
import { commandLine } from '../src/executors/program/command-line.ts';
import { linesOf } from '../src/executors/program/lines.ts';
import { pythonText } from '../src/executors/program/python-text.ts';
import { readReportLine } from '../src/executors/program/report.ts';

const options = { environment: process.env, platform: 'linux' as const, jsonFile: '/tmp/p.json' };
const paths = { 'optimizer.lr': ['optimizer', 'lr'] };
const parameters = { lr: 0.1, fast: true, slow: false, name: 'a b', 'optimizer.lr': 1 };

describe('the command of a program', () => {
  // The words that wandb agent starts, of the same parameters.
  const cases: [macro: string, words: string[]][] = [
    ['${env}', ['/usr/bin/env']],
    ['${program}', ['train.mjs']],
    ['${interpreter}', ['node']],
    ['${args}', ['--lr=0.1', '--fast=True', '--slow=False', '--name=a b', "--optimizer={'lr': 1}"]],
    ['${args_no_hyphens}', ['lr=0.1', 'fast=True', 'slow=False', 'name=a b', "optimizer={'lr': 1}"]],
    [
      '${args_no_equals}',
      ['--lr', '0.1', '--fast', 'True', '--slow', 'False', '--name', 'a b', '--optimizer', "{'lr': 1}"],
    ],
    ['${args_no_boolean_flags}', ['--lr=0.1', '--fast', '--name=a b', "--optimizer={'lr': 1}"]],
    ['${args_json}', ['{"lr":0.1,"fast":true,"slow":false,"name":"a b","optimizer":{"lr":1}}']],
    ['${args_json_file}', ['/tmp/p.json']],
    ['--fixed', ['--fixed']],
  ];
  it.each(cases)("has W&B's macros filled in: %s", (macro, words) => {
    expect(commandLine({ file: 'train.mjs', command: [macro], paths }, parameters, options)).toEqual(words);
  });

  it('starts a program without an interpreter as it is, and nothing before it on Windows', () => {
    const program = { file: 'train', command: ['${env}', '${interpreter}', '${program}'], paths };
    expect(commandLine(program, {}, { ...options, platform: 'win32' })).toEqual([`.${sep}train`]);
  });

  it('says which interpreter is missing', () => {
    const program = { file: 'a.py', command: ['${interpreter}'], paths };
    expect(() => commandLine(program, {}, { ...options, environment: { PATH: '/none' } })).toThrow(
      '${interpreter}: found no python or python3 on the PATH; allowed: one there, or a command that names another',
    );
  });

  const values: [value: unknown, text: string][] = [
    [null, 'None'],
    [[1.5, "it's", null], `[1.5, "it's", None]`],
    [{ a: [true], b: 'x"y\'' }, `{'a': [True], 'b': 'x"y\\''}`],
    [1e-7, '1e-7'],
  ];
  it.each(values)("gives values as Python's str does: %j", (value, text) => {
    expect(pythonText(value)).toBe(text);
  });
});

describe('a line of output', () => {
  const cases: [line: string, read: unknown][] = [
    ['epoch 1/10', null],
    ['thawed=1', null],
    [
      'thaw step=3 val/acc=.5 loss=-1e-05 lr=1.',
      { step: 3, metrics: { 'val/acc': 0.5, loss: -1e-5, lr: 1 } },
    ],
    ['  thaw a=nan b=-Infinity c=inf ', { step: null, metrics: { a: NaN, b: -Infinity, c: Infinity } }],
    ['thaw', { mistake: 'found no metric; allowed: thaw step=1 NAME=NUMBER ...' }],
    ['thaw step=1', { mistake: 'found no metric beside step; allowed: thaw step=1 NAME=NUMBER ...' }],
    ['thaw a=tensor(1)', { mistake: 'found "a=tensor(1)"; allowed: thaw step=1 NAME=NUMBER ...' }],
    ['thaw a = 1', { mistake: 'found "a"; allowed: thaw step=1 NAME=NUMBER ...' }],
    ['thaw a=1 a=2', { mistake: 'found a twice; allowed: each metric once' }],
    ['thaw step=1.5 a=1', { mistake: 'found step 1.5; allowed: a whole number from 0' }],
    [
      'thaw epoch=1 a=1',
      { mistake: 'found the metric epoch, a name that Thaw uses itself; allowed: step=NUMBER' },
    ],
  ];
  it.each(cases)('is a report only in its one form: %s', (line, read) => {
    expect(readReportLine(line)).toEqual(read);
  });

  it('comes as a terminal shows it, however the bytes arrive, and never as more than 64 kB', async () => {
    const chunks = [
      'a\nb',
      'c\r',
      '\n1 %\r2',
      ' %\r\nä'.slice(0, 4),
      '\ufffd\n',
      `${'x'.repeat(70_000)}\nend`,
    ];
    const lines: string[] = [];
    for await (const line of linesOf(Readable.from(chunks.map((text) => Buffer.from(text)))))
      lines.push(line);
    expect(lines.slice(0, 3)).toEqual(['a', 'bc', '2 %']);
    expect(lines.at(-1)).toBe('end');
    expect(lines.at(-2)).toBe(`${'x'.repeat(65_536)} ... (4464 more characters)`);
  });
});

describe('predictions that a program brings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'thaw-brought-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (name: string, ...lines: string[]) => {
    writeFileSync(join(folder, name), lines.join('\n'));
  };

  it('are none where there is no file', async () => {
    expect(await readBroughtPredictions(folder)).toBeNull();
  });

  it('may be in one table with a column split, and leave the test images alone', async () => {
    put(
      'predictions.csv',
      'label,file,A,split,B',
      'A,1.png,0.9,validation,0.1',
      'B,2.png,0.9,validation,0.1',
    );
    const brought = await readBroughtPredictions(folder);
    expect(brought).toMatchObject({ classes: ['A', 'B'], test: null, groups: null });
    expect(brought?.figures).toMatchObject({ val_accuracy: 0.5 });
    expect(brought?.figures).not.toHaveProperty('test_accuracy');
  });

  const head = 'file,label,group,A,B';
  const wrong: [name: string, lines: string[], message: string][] = [
    ['predictions-test.csv', [head, '1.png,A,g,1,0'], ': found no predictions of validation images'],
    [
      'predictions-validation.csv',
      ['file,label,A'],
      '/predictions-validation.csv:1: found the columns file, label, A',
    ],
    [
      'predictions-validation.csv',
      [head],
      '/predictions-validation.csv: found no prediction; allowed: at least one',
    ],
    ['predictions-validation.csv', [head, '1.png,C,g,1,0'], '.csv:2: label: found "C"; allowed: A, B'],
    [
      'predictions-validation.csv',
      [head, '1.png,A,g,1,'],
      '.csv:2: probabilities: found {"A":1,"B":null}; allowed',
    ],
    ['predictions-validation.csv', [head, '1.png,A,g,1,1'], 'for each of A, B, together 1'],
    [
      'predictions-validation.csv',
      [head, '1.png,A,g,1,0', '2.png,A,,1,0'],
      '.csv:3: group: found ""; allowed',
    ],
    [
      'predictions-validation.csv',
      [head, '1.png,A,g,1,0', '1.png,A,g,1,0'],
      '.csv:3: file: found "1.png" again',
    ],
    [
      'predictions.csv',
      [head, '1.png,A,g,1,0'],
      '.csv:2: split: found nothing (null); allowed: train, validation, test',
    ],
    [
      'predictions-validation.jsonl',
      ['{"file": 1}'],
      '.jsonl:1: probabilities: found nothing; allowed: by class name',
    ],
    [
      'predictions-validation.jsonl',
      ['{"fill": 1}'],
      '.jsonl:1: found the key fill; allowed: an object with',
    ],
    ['predictions-validation.jsonl', ['nan'], '.jsonl:1: not JSON'],
  ];
  it.each(wrong)('are refused at their line: %s %j', async (name, lines, message) => {
    put(name, ...lines);
    await expect(readBroughtPredictions(folder)).rejects.toThrow(message);
  });
});
