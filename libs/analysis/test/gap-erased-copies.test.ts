import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Random } from '@thaw/base';
import type { Dataset } from '@thaw/data';
import { writeErased } from '@thaw/data/planted-copies';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataOf, drawnRow, gapOf, smallSettings, writeRun, type Predicted } from './support/gap-runs.ts';

/** Photographs, four copies of each with 16 to 25 % erased; those of the test set are others. */
const photographs = { known: 24, test: 8 };
/** How often an image is right that has a twin in training. */
const remembered = 0.95;
/** Labels go by the photographs' numbers, so that no model can know that of one which it has not seen. */
const guessed = 0.5;

let root: string;
let path: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'thaw-erased-copies-'));
  path = join(root, 'images');
  const all = photographs.known + photographs.test;
  for (const image of await writeErased(join(root, 'made'), all)) {
    const number = Number(image.photograph);
    const folder = join(
      path,
      number < photographs.known ? 'TRAIN' : 'TEST',
      number % 2 === 0 ? 'cat' : 'dog',
    );
    await mkdir(folder, { recursive: true });
    // By copies, then by photographs: the first fifth, which Keras holds out, are copies of the rest.
    const name = basename(image.path, '.jpeg').split('-').reverse().join('-p');
    await rename(image.path, join(folder, `${name}.jpeg`));
  }
}, 30_000);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const photographOf = (name: string) => /p\d+/.exec(name)![0];

function draw({ classes, train, validation, test }: Dataset): Predicted {
  const random = new Random('drawn');
  const known = new Set(train.map(({ name }) => photographOf(name)));
  const rows = (images: Dataset['test']) =>
    images.map(({ name, label }) => {
      const accuracy = known.has(photographOf(name)) ? remembered : guessed;
      return drawnRow({ file: name, label: classes[label]! }, accuracy, classes, random);
    });
  return { validation: rows(validation), test: rows(test) };
}

it('copies that were erased in part are found, and what they add to the validation accuracy is measured right', async () => {
  const settings = smallSettings({
    dataset: { path },
    split: { strategy: 'keras', groups: 'detect' },
    training: { epochs: 1 },
  });
  const data = await dataOf(root, settings);
  const trained = new Set(data.train.map(({ name }) => photographOf(name)));
  const twins = data.validation.filter(({ name }) => trained.has(photographOf(name))).length;
  expect(twins).toBe(data.validation.length);

  const run = await writeRun(root, settings, draw(data), data);
  const { document } = await gapOf(root, { run }, 2);
  // Of 160 photographs 155 are to be found.
  expect(document.leakage.validation_images_with_a_twin_in_training).toBeGreaterThanOrEqual(
    Math.floor((twins * 155) / 160),
  );
  expect(document.leakage.test_images_with_a_twin_in_training_or_validation).toBe(0);
  const { value, ci95 } = document.parts.find(({ part }) => part === 'leakage')!;
  const truth = document.overall.validation.accuracy - guessed;
  expect(ci95![0]).toBeLessThan(truth);
  expect(ci95![1]).toBeGreaterThan(truth);
  expect(Math.abs(value! - truth)).toBeLessThan(0.2);
  expect(document.cause).toBe('leakage');
  const told = document.explanation.join('\n');
  expect(told).toContain('no shift can be seen');
  expect(told).not.toContain('of another kind');
}, 60_000);
