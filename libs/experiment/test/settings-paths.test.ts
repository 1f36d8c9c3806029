import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pathsOf, settingsSchema, withoutPlace, withPaths } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-paths-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = settingsSchema.parse({
  dataset: { path: 'cells' },
  split: { strategy: 'grouped', groups: { csv: '../groups.csv', column: 'slide' } },
  model: { weights: 'w.h5' },
});

it('what settings name by a path is absolute, seen from where they were written', () => {
  expect(pathsOf(settings, '/work/here')).toEqual({
    'dataset.path': '/work/here/cells',
    'split.groups.csv': '/work/groups.csv',
    'model.weights': '/work/here/w.h5',
  });
  expect(pathsOf(settingsSchema.parse({}), '/work')).toEqual({});
  expect(pathsOf(settingsSchema.parse({ dataset: { path: '/cells' } }), '/work')).toEqual({
    'dataset.path': '/cells',
  });
});

it('settings go by their paths, and by their own words where only these lead somewhere', () => {
  mkdirSync(join(folder, 'cells'));
  const paths = pathsOf(settings, folder);
  expect(withPaths(settings, paths).dataset).toMatchObject({ path: join(folder, 'cells') });
  expect(withPaths(settings, { 'dataset.path': '/gone' }).dataset).toMatchObject({ path: '/gone' });
  const here = { ...settings, dataset: { ...settings.dataset, path: resolve('.') } };
  expect(withPaths(here, { 'dataset.path': '/gone' })).toEqual(here);
  expect(withPaths(settings, {})).toEqual(settings);
});

it('settings of images that have moved are the same without their place', () => {
  const moved = { ...settings, dataset: { ...settings.dataset, path: '/elsewhere' } };
  expect(withoutPlace(moved)).toEqual(withoutPlace(settings));
  const smear = settingsSchema.parse({});
  expect(withoutPlace(smear)).toEqual(smear);
});
