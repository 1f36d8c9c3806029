import { expect, test } from 'vitest';
import { openStore } from '../../src/index.ts';
import { temporaryFolder } from '../support/fixtures.ts';
import { mlflow, refused } from './exchange.ts';

const classes = ['A', 'B'];
const part = {
  split: 'test',
  classes,
  files: ['a.png', 'b.png', 'c.png', 'd.png'],
  labels: ['A', 1, 'B', 0],
  probabilities: [
    [0.9, 0.1],
    [0.2, 0.8],
    [0.6, 0.4],
    [1, 0],
  ],
  groups: ['p1', 'p1', 'p2', 'p2'],
};

test('predictions give a run its figures, in place of those of its last epoch, and the groups that intervals go by', async () => {
  const { runsDir, api, post, newRun } = mlflow(temporaryFolder());
  const run_id = await newRun();
  await post('runs/log-metric', { run_id, key: 'test_accuracy', value: 0.1, timestamp: 1 });
  // Three of four are right.
  expect(await post('runs/log-predictions', { run_id, ...part })).toMatchObject({
    images: 4,
    figures: { test_accuracy: 0.75 },
  });
  await post('runs/log-predictions', {
    run_id,
    ...part,
    split: 'validation',
    files: ['e', 'f', 'g', 'h'],
    groups: ['q', 'q', 'q', 'p1'],
  });
  await post('runs/update', { run_id, status: 'FINISHED' });
  const store = openStore(runsDir);
  expect(await store.run(run_id)).toMatchObject({
    state: 'finished',
    classes,
    summary: { test_accuracy: 0.75, val_accuracy: 0.75, gap: 0 },
  });
  expect((await store.predictions(run_id, 'test'))[2]).toEqual({
    file: 'c.png',
    label: 'B',
    predicted: 'A',
    probabilities: [0.6, 0.4],
  });
  const groups = await store.groups(run_id);
  expect(groups!.images.map(({ split, path, group }) => `${split} ${path} ${group}`).sort()).toEqual([
    ...['test a.png p1', 'test b.png p1', 'test c.png p2', 'test d.png p2'],
    ...['validation e q', 'validation f q', 'validation g q', 'validation h p1'],
  ]);
  await api.close();
});

test.each([
  [{ split: 'train' }, "parameter 'split' supplied: allowed: validation, test"],
  [{ classes: ['A'] }, 'the names of two classes or more'],
  [{ labels: ['A', 'B', 'C', 'A'] }, 'labels[2]: found "C"; allowed: A, B'],
  [{ labels: ['A'] }, 'labels: found 1; allowed: one for each of the 4 files'],
  [{ labels: [{}, 0, 0, 0] }, "labels[0]: found {}; allowed: a class's name"],
  [{ files: ['a', 'a', 'b', 'c'] }, 'files[1]: found "a" twice'],
  [
    {
      probabilities: [
        [3, -1],
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    },
    'probabilities[0]: found [3,-1]; allowed: numbers from 0 to 1',
  ],
  [
    { probabilities: [[1], [1, 0], [1, 0], [1, 0]] },
    'probabilities[0]: found 1; allowed: one for each of A, B',
  ],
  [
    {
      probabilities: [
        [0.5, 0.3],
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    },
    'found probabilities that add up to 0.8',
  ],
  [{ groups: ['p', '', 'p', 'q'] }, 'groups[1]: found none, where other images have one'],
  [{ groups: ['p'] }, 'groups: found 1; allowed: one for each of the 4 files'],
])('predictions with %j are refused whole', async (change, message) => {
  const { runsDir, api, post, newRun } = mlflow(temporaryFolder());
  const run_id = await newRun();
  expect(await post('runs/log-predictions', { run_id, ...part, ...change })).toMatchObject(refused(message));
  expect((await openStore(runsDir).run(run_id)).classes).toBe(null);
  await api.close();
});
