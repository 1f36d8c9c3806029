import { settingsSchema } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { decayNotes } from '../src/decay-notes.ts';

const trial = (weight_decay_exclude: string[] | undefined, backbone = 'mobilenet_v2') =>
  settingsSchema.parse({ model: { backbone }, training: { weight_decay: 0.01, weight_decay_exclude } });

test('patterns that are found in the name of no weight are told of', () => {
  expect(decayNotes([trial(undefined)])).toEqual([]);
  expect(decayNotes([trial(['bias', '^Conv1/', 'gama'])])).toEqual([
    'training.weight_decay_exclude: "gama" is found in the name of no weight; a name is such as Conv1/kernel',
  ]);
});

test('a pattern of a sweep is found where one of its networks has such a weight', () => {
  const patterns = ['^conv2_block1', '^block_1_'];
  expect(decayNotes([trial(patterns), trial(patterns, 'resnet50')])).toEqual([]);
});
