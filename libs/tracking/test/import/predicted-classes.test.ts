import { expect, test } from 'vitest';
import { readFiles, refusalOf } from './imported.ts';
import { npy } from './numpy-bytes.ts';

const second = [0.25, 0.75, 0.625];
/** Predictions of cat, dog and dog beside one number each: the one in three rows that is wrong is the last. */
const single = (...values: readonly number[]) =>
  [
    'file,label,predicted,probability',
    `1,cat,cat,${values[0]}`,
    `2,dog,dog,${values[1]}`,
    `3,cat,dog,${values[2]}`,
    '',
  ].join('\n');
const lists = (...probabilities: readonly number[]) =>
  JSON.stringify({ labels: ['cat', 'dog', 'cat'], predicted: ['cat', 'dog', 'dog'], probabilities });

test.each([
  ['of the second class', 'test.csv', single(0.25, 0.75, 0.625)],
  ['of the first class', 'test.csv', single(0.75, 0.25, 0.375)],
  ['of the predicted class', 'test.csv', single(0.75, 0.75, 0.625)],
  ['of the first class, in lists of JSON', 'test.json', lists(0.75, 0.25, 0.375)],
])('one probability %s is known by the predicted classes', async (_, name, text) => {
  const [run] = await readFiles({ [name]: text }, name);
  expect(run!.predictions.test!.map(({ probabilities }) => probabilities[1])).toEqual(second);
  expect(run!.summary.test_accuracy).toBe(2 / 3);
});

const floats = (...values: number[]) => Buffer.from(new Float64Array(values).buffer);
const integers = (...values: number[]) =>
  npy(`{'descr': '|u1', 'fortran_order': False, 'shape': (${values.length},), }`, Buffer.from(values));
const likeliest = [
  [0.75, 0.125, 0.125],
  [0.125, 0.75, 0.125],
  [0.125, 0.125, 0.75],
];
const probabilities = npy(
  "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }",
  floats(...likeliest.flat()),
);

test.each<[string, Record<string, string | Uint8Array>, string]>([
  [
    'numpy, by name',
    { 'p.npy': probabilities, 'labels.npy': integers(1, 2, 2), 'classes.npy': integers(1, 2, 3) },
    '1 2 2',
  ],
  [
    "numpy, by place as Keras's generators have them",
    { 'p.npy': probabilities, 'labels.npy': integers(0, 1, 1), 'classes.npy': integers(1, 2, 3) },
    '1 2 2',
  ],
  [
    'JSON, by name',
    { 'p.json': JSON.stringify({ labels: [1, 2, 2], probabilities: likeliest, classes: [1, 2, 3] }) },
    '1 2 2',
  ],
  [
    'CSV, by place',
    { 'p.csv': 'label,1,2,3\n0,0.75,0.125,0.125\n1,0.125,0.75,0.125\n1,0.125,0.125,0.75\n' },
    '1 2 2',
  ],
])('whole numbers as labels of classes that are whole numbers: %s', async (_, files, labels) => {
  const [run] = await readFiles(files, Object.keys(files)[0]!);
  expect(run!.classes).toEqual(['1', '2', '3']);
  expect(run!.predictions.test!.map(({ label }) => label).join(' ')).toBe(labels);
  expect(run!.summary.test_accuracy).toBe(2 / 3);
});

test.each([
  ['CSV', 'p.csv', 'file,label,group,A,B\n1,A,,1,0\n2,B,,0,1\n'],
  [
    'JSON',
    'p.json',
    '{"test": {"predictions": [{"file": "1", "label": "A", "group": "", "probabilities": {"A": 1, "B": 0}}]}}',
  ],
])('groups that are all empty are none: %s', async (_, name, text) => {
  const [run] = await readFiles({ [name]: text }, name);
  expect(run!.groups).toBe(null);
});

test.each([
  [
    'a class beside a probability that goes with no reading',
    { 'p.csv': single(0.25, 0.75, 0.375) },
    'p.csv, line 4: predicted: found "dog" beside the probability 0.375; allowed: in all rows that of dog, of cat, or of the predicted class',
  ],
  [
    'a class beside columns in which another is likelier',
    { 'p.csv': 'label,predicted,A,B\nA,A,0.5,0.5\nA,B,0.5,0.5\nA,B,0.75,0.25\n' },
    'p.csv, line 4: predicted: found "B"; allowed: A, the most probable class',
  ],
  [
    'an image without a group among others',
    { 'p.csv': 'file,label,group,A,B\n1,A,p,1,0\n2,B,,0,1\n' },
    'p.csv, line 3: groups: found none, where other images have one; allowed: one for each, or for none',
  ],
  [
    'a class that may have been cut',
    { 'p.csv': 'file,predicted,label\n1,dog,dog\n2,cat,dog\n3,cat,ca' },
    'p.csv, line 4: label: found "ca", which no other row has, in a last line without an end; allowed: a whole line, and an end of it',
  ],
])('%s is refused', async (_, files, message) => {
  expect(await refusalOf(files, 'p.csv')).toBe(message);
});
