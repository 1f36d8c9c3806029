import { inflateSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { confusionImage } from '../../src/export/tensorboard/confusion-image.ts';
import { crc32c } from '../../src/export/tensorboard/crc32c.ts';
import { eventFile } from '../../src/export/tensorboard/event-file.ts';
import { hparamsEvents } from '../../src/export/tensorboard/hparams.ts';
import { curve } from '../../src/export/tensorboard/pr-curves.ts';
import { settingsOfRun } from '../../src/export/tensorboard/settings-of-run.ts';
import { settingsText } from '../../src/export/tensorboard/settings-text.ts';
import { curves, tensorBoardFiles } from '../../src/export/tensorboard/tensorboard-run.ts';
import type { RunRecord } from '../../src/records/run-record.ts';

const run = {
  ...{ id: 'r', state: 'finished', parameters: { 'training.epochs': 3, note: 'a|b' }, sealed: false },
  settings: {
    training: { epochs: 5, early_stopping: null },
    model: { head_units: [8, 4] },
    augmentation: true,
  },
  ...{ created: '1970-01-01T00:00:01.000Z', finished: '1970-01-01T00:00:02.000Z', classes: ['a', 'b'] },
  summary: { epochs: 3, best_epoch: 2, test_accuracy: 0.5, test_loss: Number.NaN },
} as unknown as RunRecord;

describe('an event file', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['', 0],
    ['\0'.repeat(32), 0x8a9136aa],
  ])('has the CRC-32C of RFC 3720: %j', (text, crc) => {
    expect(crc32c(Buffer.from(text, 'latin1'))).toBe(crc);
  });

  it('is, byte for byte, what TensorBoard itself would write', () => {
    const file = eventFile([{ tag: 'loss', step: 3, value: 0.5, wallTime: 2 }], 1);
    // tensorboard 2.21's Event messages (wall_time 1, file_version 'brain.Event:2'; wall_time 2, step 3, summary) and masked_crc32c.
    expect(Buffer.from(file).toString('hex')).toBe(
      '1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a1a00000000000000129bd82d09000000000000004010032a0d0a0b0a046c6f7373150000003fbac36b94',
    );
  });

  it('names its plugin, and says what TensorFlow says of a tensor', () => {
    const content = Uint8Array.of(7);
    const tensor = { shape: [1], floats: [0.5] };
    const file = eventFile([{ tag: 't', step: 3, wallTime: 2, plugin: 'p', content, tensor }], 1);
    // tensorboard 2.21's Event with a tensor and a plugin's metadata, without the record's lengths and checksums.
    expect(Buffer.from(file).toString('hex').slice(104, -8)).toBe(
      '09000000000000004010032a1f0a1d0a0174420e080112041202080122040000003f4a080a060a0170120107',
    );
  });
});

test('settings are those of the run by dotted name, as its parameters have them; lists are JSON and null is left out', () => {
  expect([...settingsOfRun(run)]).toEqual([
    ['training.epochs', 3],
    ['model.head_units', '[8,4]'],
    ['augmentation', true],
    ['note', 'a|b'],
  ]);
  const { tensor } = settingsText(run);
  const table = '| setting | value |\n| --- | --- |\n| training.epochs | 3 |';
  expect(tensor).toMatchObject({ strings: [expect.stringContaining(table)] });
  expect(tensor).toMatchObject({ strings: [expect.stringContaining('| note | a\\|b |')] });
});

test('HParams gets the settings with their types, and how the run ended', () => {
  const [start, end] = hparamsEvents({ ...run, settings: null, parameters: { x: 0.5, y: true, z: 'w' } });
  // Messages of tensorboard 2.21: SessionStartInfo in field 3 and SessionEndInfo in field 4 of HParamsPluginData.
  expect(Buffer.from(start!.content).toString('hex')).toBe(
    '1a2f0a0e0a0178120911000000000000e03f0a070a0179120220010a080a017a12031a017722017229000000000000f03f',
  );
  expect(Buffer.from(end!.content).toString('hex')).toBe('220b0801110000000000000040');
  expect(hparamsEvents({ ...run, state: 'running' })).toHaveLength(1);
});

describe('the curves of a run', () => {
  const epoch = { epoch: 1, loss: 2, accuracy: 0.5, val_loss: 3, val_accuracy: Number.NaN };
  const placesOf = (epochs: object[]) =>
    [...curves({ run, epochs: epochs as never })].map(([folder, { tag, step, value }]) => [
      folder,
      tag,
      step,
      value,
    ]);

  test("have the folders, tags and steps of Keras's callback, and nothing that is not finite", () => {
    expect(placesOf([{ ...epoch, learning_rate: 1e-5, seconds: 4, images_per_second: Number.NaN }])).toEqual([
      ['train', 'epoch_loss', 0, 2],
      ['train', 'epoch_accuracy', 0, 0.5],
      ['validation', 'epoch_loss', 0, 3],
      ['train', 'epoch_learning_rate', 0, 1e-5],
      ['train', 'epoch_seconds', 0, 4],
    ]);
  });

  test.each([
    ['counts from 0', [0, 1], [0, 1]],
    ['logs some steps', [100, 200], [100, 200]],
    ['counts from 1, out of order', [2, 1], [1, 0]],
  ])('of a run that %s have these steps', (_, epochs, steps) => {
    const found = placesOf(epochs.map((number) => ({ epoch: number, loss: 1 })));
    expect(found.map(([, , step]) => step)).toEqual(steps);
  });

  test('are those of each fold, counted within it', () => {
    const fold = (fold: number, fold_epoch: number) => ({
      epoch: 9,
      val_loss: 10 * fold + fold_epoch,
      fold,
      fold_epoch,
    });
    expect(placesOf([fold(1, 1), fold(1, 2), fold(2, 1)])).toEqual([
      ['fold-1/validation', 'epoch_loss', 0, 11],
      ['fold-1/validation', 'epoch_loss', 1, 12],
      ['fold-2/validation', 'epoch_loss', 0, 21],
    ]);
  });

  test('lie in folders beside the file of the run itself', () => {
    const none = { validation: [], test: [] };
    const files = tensorBoardFiles({ run, epochs: [epoch] as never, predictions: none });
    expect([...files.keys()]).toEqual(['.', 'train', 'validation']);
    const own = Buffer.from(files.get('.')!).toString('latin1');
    expect(own).toContain('test_accuracy');
    expect(own).not.toContain('test_loss');
  });
});

test('the curves of 5,000 epochs are written in time', () => {
  const epochs = Array.from({ length: 5000 }, (_, i) => ({ epoch: i + 1, a: 1, b: 2, c: 3, d: 4, e: 5 }));
  const before = process.cpuUsage();
  tensorBoardFiles({ run, epochs: epochs as never, predictions: { validation: [], test: [] } });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(2);
});

test('precision and recall by threshold, by hand: 0.9 and 0.4 of the class, 0.6 of another', () => {
  const rows = curve([
    [true, 0.9],
    [true, 0.4],
    [false, 0.6],
  ]);
  const at = (threshold: number) => [0, 1, 2, 3, 4, 5].map((row) => rows[row * 201 + threshold * 200]);
  // True and false positives, true and false negatives, precision, recall.
  expect(at(0)).toEqual([2, 1, 0, 0, 2 / 3, 1]);
  expect(at(0.5)).toEqual([1, 1, 0, 1, 0.5, 0.5]);
  expect(at(0.75)).toEqual([1, 0, 1, 1, 1, 0.5]);
  expect(at(1)).toEqual([0, 0, 1, 2, 0, 0]);
});

test('a confusion matrix is an image with a cell for each pair of classes, dark by its share of the row', () => {
  const row = (label: string, predicted: string) => ({ file: 'f', label, predicted, probabilities: [] });
  const rows = [row('a', 'a'), row('b', 'a'), row('b', 'b')];
  const { tensor, description } = confusionImage(rows, ['a', 'b'], { part: 'test', step: 0, wallTime: 0 });
  expect(description).toContain('a, b.');
  const [width, height, png] = (tensor as unknown as { strings: [string, string, Buffer] }).strings;
  expect([width, height, png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['128', '128', 128, 128]);
  const length = png.readUInt32BE(33);
  const pixels = inflateSync(png.subarray(41, 41 + length));
  const colour = (x: number, y: number) => [...pixels.subarray(y * 385 + 1 + x * 3, y * 385 + 4 + x * 3)];
  expect(colour(2, 2)).toEqual([31, 78, 121]);
  expect(colour(66, 2)).toEqual([255, 255, 255]);
  expect(colour(2, 66)).toEqual([143, 167, 188]);
});
