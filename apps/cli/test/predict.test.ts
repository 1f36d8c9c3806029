import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderedRecord } from '@thaw/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findImages } from '../src/predict/find-images.ts';
import { predictionText } from '../src/predict/prediction-text.ts';

const labels = ['a "b"', 'c, d'];
const predictions = [
  { file: 'x,1.png', label: 'c, d', probabilities: { 'a "b"': 0.25, 'c, d': 0.75 } },
  { file: 'y.png', label: 'a "b"', probabilities: { 'a "b"': 1, 'c, d': 0 } },
];

describe('predictions in words', () => {
  it('are a table with four decimals', () => {
    const lines = predictionText(predictions, labels, 'table', null).trimEnd().split('\n');
    expect(lines.map((line) => line.split(/ {2,}/).filter((cell) => cell !== ''))).toEqual([
      ['file', 'label', 'a "b"', 'c, d'],
      ['x,1.png', 'c, d', '0.2500', '0.7500'],
      ['y.png', 'a "b"', '1.0000', '0.0000'],
    ]);
  });

  it('are CSV as RFC 4180 has it, with all digits', () => {
    expect(predictionText(predictions, labels, 'csv', null)).toBe(
      'file,label,"a ""b""","c, d"\r\n"x,1.png","c, d",0.25,0.75\r\ny.png,"a ""b""",1,0\r\n',
    );
  });

  it('are no formula to a spreadsheet, whatever a file is called', () => {
    const [file, label] = ['=1+1.png', '-1'];
    expect(predictionText([{ file, label, probabilities: { '-1': 1 } }], ['-1'], 'csv', null)).toBe(
      "file,label,-1\r\n'=1+1.png,-1,1\r\n",
    );
  });

  it('stand in the order of the model in every form, whatever classes are called', () => {
    const names = ['10', '2', '__proto__', 'file', 'label'];
    const probabilities = orderedRecord(names.map((name, i) => [name, i / 10]));
    const odd = [{ file: 'x.png', label: 'label', probabilities }];
    const head = ['file', 'label', '10', '2', '__proto__', 'class file', 'class label'];
    const [first, second] = predictionText(odd, names, 'csv', null).split('\r\n');
    expect(first).toBe(head.join(','));
    expect(second).toBe('x.png,label,0,0.1,0.2,0.3,0.4');
    expect(predictionText(odd, names, 'table', null).split('\n')[0]!.split(/ {2,}/)).toEqual(head);
    const keys = [...predictionText(odd, names, 'json', null).matchAll(/"(\w+)": 0/g)].map(([, key]) => key);
    expect(keys).toEqual(names);
  });

  it('are the document as JSON', () => {
    expect(JSON.parse(predictionText(predictions, labels, 'json', null))).toEqual(predictions);
  });
});

describe('the images that arguments name', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'thaw-images-'));
    for (const name of [
      'b.png',
      'a.jpeg',
      'notes.txt',
      'inside/c.PNG',
      'inside/.hidden.png',
      'empty/notes.txt',
    ]) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });

    it('are followed where folders hold links to images, and links to themselves', async () => {
      const links = join(folder, 'links');
      mkdirSync(links);
      symlinkSync(join(folder, 'a.jpeg'), join(links, 'linked.jpeg'));
      symlinkSync(links, join(links, 'again'));
      expect(await findImages([links])).toEqual([join(links, 'linked.jpeg')]);
      rmSync(links, { recursive: true });
    });
  });
  const found = async (...args: string[]) =>
    (await findImages(args.map((arg) => join(folder, arg)))).map((file) => file.slice(folder.length + 1));

  it('are files as they are, images of folders, matches of patterns, each once', async () => {
    expect(await found('notes.txt')).toEqual(['notes.txt']);
    expect(await found('.')).toEqual(['a.jpeg', 'b.png', 'inside/c.PNG']);
    expect(await found('*.png', 'b.png', 'inside')).toEqual(['b.png', 'inside/c.PNG']);
  });

  it('are a mistake where there are none', async () => {
    await expect(found('missing.png')).rejects.toThrow('missing.png: there is no such file');
    await expect(found('*.gif')).rejects.toThrow('matches no file');
    await expect(found('empty')).rejects.toThrow('is a folder without images');
  });
});
