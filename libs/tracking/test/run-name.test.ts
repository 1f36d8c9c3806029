import { expect, test } from 'vitest';
import { namedRun, runName, runNames, type NamedRun } from '../src/index.ts';

const trial: NamedRun = {
  id: '20261129-131800-unfreeze-013-dkb5',
  sweep: '20261129-131755-unfreeze-3hf2',
  number: 13,
  backbone: 'mobilenet_v2',
  scenario: 'full_fine_tune',
  name: null,
};

test.each<[Partial<NamedRun>, string]>([
  [{}, 'Trial 13, full_fine_tune'],
  [{ scenario: null }, 'Trial 13'],
  [{ backbone: null }, 'Trial 13, full_fine_tune'],
  [{ backbone: 'resnet50' }, 'Trial 13, resnet50, full_fine_tune'],
  [{ backbone: '/home/me/resnet18.onnx', scenario: null }, 'Trial 13, resnet18.onnx'],
  [{ name: 'baseline' }, 'baseline'],
  [{ sweep: null, id: '20261129-131800-my-notebook-000-dkb5' }, 'my-notebook'],
  [{ sweep: null, id: 'copied' }, 'copied'],
])('a run with %j is called %s', (changes, name) => {
  expect(runName({ ...trial, ...changes })).toBe(name);
});

test('trials of one sweep over backbones are called by them, wherever the record has them', () => {
  const { id, sweep, number } = trial;
  const record = { id, sweep, number, logged: null };
  const settings = { model: { backbone: 'efficientnet_b0', scenario: 'full_fine_tune' } };
  const named = (parameters: object) =>
    runName(namedRun({ ...record, settings, parameters: { ...parameters } }));
  expect(named({})).toBe('Trial 13, efficientnet_b0, full_fine_tune');
  expect(named({ 'model.backbone': 'resnet50' })).toBe('Trial 13, resnet50, full_fine_tune');
  expect(runName(namedRun({ ...record, settings: null, parameters: {} }))).toBe('Trial 13');
});

test('runs beside each other have names of their own, as short as that allows', () => {
  const again = { ...trial, id: '20261129-141800-unfreeze-013-aaaa', sweep: '20261129-141755-unfreeze-9zz9' };
  const other = { ...trial, id: '20261129-151800-tune-013-bbbb', sweep: '20261129-151755-tune-1yy1' };
  const second = { ...trial, id: '20261129-131900-unfreeze-002-eeee', number: 2, scenario: null };
  expect(runNames([trial, second])).toEqual(['Trial 13, full_fine_tune', 'Trial 2']);
  expect(runNames([trial, other])).toEqual([
    'Trial 13, full_fine_tune of unfreeze',
    'Trial 13, full_fine_tune of tune',
  ]);
  expect(runNames([trial, again, second])).toEqual([
    'Trial 13, full_fine_tune of unfreeze, dkb5',
    'Trial 13, full_fine_tune of unfreeze, aaaa',
    'Trial 2',
  ]);
});
