import { expect, test } from 'vitest';
import { eventFile } from '../../src/export/tensorboard/event-file.ts';
import { tensorBoardFiles } from '../../src/export/tensorboard/tensorboard-run.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import { readFiles } from './imported.ts';

const events = (tag: string, ...values: number[]) =>
  values.map((value, step) => ({ tag, step, value, wallTime: 1 }));
const name = 'events.out.tfevents.1.host';

test("PyTorch's add_scalars: a folder a curve, beside an empty one of the run, makes one run", async () => {
  const files = {
    [`runs/${name}`]: eventFile([], 1),
    [`runs/loss_train/${name}`]: eventFile(events('loss', 1, 0.5), 1),
    [`runs/loss_val/${name}`]: eventFile(events('loss', 2, 1), 1),
  };
  const runs = await readFiles(files, 'runs');
  expect(runs).toHaveLength(1);
  expect(runs[0]!.epochs).toMatchObject([
    { epoch: 0, loss: 1, val_loss: 2 },
    { epoch: 1, loss: 0.5, val_loss: 1 },
  ]);
});

test('a folder is a run of its own where what is in it has another name', async () => {
  const files = {
    [`runs/big_train/${name}`]: eventFile(events('loss', 1), 1),
    [`runs/big_val/${name}`]: eventFile(events('loss', 2), 1),
  };
  expect((await readFiles(files, 'runs')).map((run) => run.name)).toEqual(['big_train', 'big_val']);
});

test('what Keras says of batches is no epoch, what PyTorch calls so is', async () => {
  const batches = events('batch_loss', 9, 8, 7, 6);
  const ofKeras = { [`keras/train/${name}`]: eventFile([...batches, ...events('epoch_loss', 1, 0.5)], 1) };
  const [keras] = await readFiles(ofKeras, 'keras');
  expect(keras!.epochs.map(({ epoch, loss }) => [epoch, loss])).toEqual([
    [1, 1],
    [2, 0.5],
  ]);
  const [torch] = await readFiles({ [`torch/${name}`]: eventFile(batches, 1) }, 'torch');
  expect(torch!.epochs).toHaveLength(4);
});

test('a tag that was written at another step than the curves end counts', async () => {
  const tested = { tag: 'test/accuracy', step: 0, value: 0.75, wallTime: 1 };
  const files = { [`run/${name}`]: eventFile([...events('val/accuracy', 0.5, 0.25), tested], 1) };
  const [run] = await readFiles(files, 'run');
  expect(run!.summary).toMatchObject({ val_accuracy: 0.25, test_accuracy: 0.75, gap: -0.5, epochs: 2 });
});

test.each([1, 2])(
  'a run that is exported and read back keeps the figures of epoch %i of 3, which it kept',
  async (best) => {
    const figures = { train_accuracy: 0.75, train_loss: 1, val_accuracy: 0.5, val_loss: 2 };
    const summary = { ...figures, test_accuracy: 0.25, test_loss: 3, gap: 0.25, best_epoch: best, epochs: 3 };
    const epochs = [1, 2, 3].map((epoch) => {
      return { epoch, accuracy: epoch / 8, loss: 8 - epoch, val_accuracy: epoch / 16, val_loss: 16 - epoch };
    });
    const run = {
      id: 'r',
      state: 'finished',
      sealed: false,
      parameters: {},
      settings: null,
      classes: null,
      summary,
    };
    const written = tensorBoardFiles({
      run: { ...run, created: '2026-01-01T00:00:00Z', finished: null } as unknown as RunRecord,
      epochs: epochs as never,
      predictions: { validation: [], test: [] },
    });
    const files = [...written].map(([folder, bytes]) => [`run/${folder}/${name}`, bytes] as const);
    const [read] = await readFiles(Object.fromEntries(files), 'run');
    expect(read!.summary).toMatchObject(summary);
  },
);
