import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFiles } from './imported.ts';

interface Real {
  readonly kind: string;
  readonly name: string;
  readonly base64?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: Expected;
}

interface Expected {
  readonly curves: Readonly<Record<string, readonly (number | null)[]>>;
  readonly split: 'validation' | 'test';
  readonly classes: readonly string[];
  readonly scores: readonly (readonly number[])[];
  readonly accuracy: number;
  readonly loss: number;
  readonly digits?: number;
  readonly images: number;
  readonly groups: number;
  readonly trials: readonly { state: string; values: number[]; params: Record<string, unknown> }[];
}

const golden = (name: string) =>
  (JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as { files: Real[] })
    .files;
const real = [...golden('imports-keras.json'), ...golden('imports-tables.json')];

/** Ten of each: the file as its program wrote it, and what is in it. */
const each = (...kinds: readonly string[]) =>
  real.filter(({ kind }) => kinds.includes(kind)).map((file) => [`${file.kind} ${file.name}`, file] as const);

async function imported({ name, base64, files }: Real) {
  const decoded = (text: string) => Buffer.from(text, 'base64');
  if (base64 !== undefined) return readFiles({ [name]: decoded(base64) }, name);
  const inside = Object.entries(files!).map(
    ([path, content]) => [`${name}/${path}`, decoded(content)] as const,
  );
  return readFiles(Object.fromEntries(inside), name);
}

test.each(each('history', 'csv-logger', 'tensorboard'))('the curves of %s', async (_, file) => {
  const [run] = await imported(file);
  const { curves } = file.expected;
  const names = Object.keys(curves);
  expect(run!.epochs.map(({ epoch }) => epoch)).toEqual(curves[names[0]!]!.map((_, i) => i + 1));
  for (const name of names) {
    const found = run!.epochs.map((epoch) => (epoch as unknown as Record<string, number>)[name]!);
    for (const [i, value] of curves[name]!.entries()) {
      if (value === null) expect(Number.isFinite(found[i])).toBe(false);
      // Event files have single precision.
      else expect(found[i]).toBeCloseTo(value, file.kind === 'tensorboard' ? 6 : 12);
    }
  }
});

test.each(each('report-dict', 'report-text'))('the figures of %s', async (_, file) => {
  const [run] = await imported(file);
  const { split, classes, scores, accuracy, digits = 12 } = file.expected;
  const report = run!.reports[split]!;
  const other = split === 'test' ? 'validation' : 'test';
  expect([run!.classes, run!.reports[other], run!.predictions[split]]).toEqual([classes, null, null]);
  expect(Math.abs(report.accuracy - accuracy)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-12);
  for (const [i, [precision, recall, f1, support]] of scores.entries()) {
    const found = report.perClass[i]!;
    expect(found.support).toBe(support);
    const rounding = 0.5 * 10 ** -digits + 1e-12;
    expect(Math.abs(found.precision - precision!)).toBeLessThanOrEqual(rounding);
    expect(Math.abs(found.recall - recall!)).toBeLessThanOrEqual(rounding);
    expect(Math.abs(found.f1 - f1!)).toBeLessThanOrEqual(rounding);
  }
});

test.each(each('predictions-csv', 'predictions-json', 'predictions-npz'))(
  'the predictions of %s',
  async (_, file) => {
    const [run] = await imported(file);
    const { split, classes, images, groups, accuracy, loss } = file.expected;
    expect(run!.classes).toEqual(classes);
    expect(run!.predictions[split]).toHaveLength(images);
    expect(run!.predictions[split === 'test' ? 'validation' : 'test']).toBe(null);
    expect(new Set(run!.groups!.images.map(({ group }) => group)).size).toBe(groups);
    const prefix = split === 'test' ? 'test' : 'val';
    expect(run!.summary[`${prefix}_accuracy`]).toBeCloseTo(accuracy, 12);
    expect(run!.summary[`${prefix}_loss`]).toBeCloseTo(loss, 4);
  },
);

test.each(each('optuna'))('the trials of %s', async (_, file) => {
  const runs = await imported(file);
  const states = { COMPLETE: 'finished', PRUNED: 'pruned', FAIL: 'failed' };
  expect(runs.map(({ outcome }) => outcome!.state)).toEqual(
    file.expected.trials.map(({ state }) => states[state as keyof typeof states]),
  );
  for (const [i, { values, params }] of file.expected.trials.entries()) {
    const { summary, parameters } = runs[i]!;
    const named = summary as unknown as Record<string, number>;
    const found = ['value', 'values_0', 'values_1', 'train_loss', 'train_accuracy'].flatMap((name) =>
      Number.isFinite(named[name]) ? [named[name]!] : [],
    );
    expect(found).toHaveLength(values.length);
    for (const [at, value] of values.entries()) expect(found[at]).toBeCloseTo(value, 12);
    expect(parameters).toEqual({ ...params, host: 'here' });
  }
});
