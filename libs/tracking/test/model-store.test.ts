import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumProblem, UserError } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import { openModelStore, parseModelReference, type NewVersion } from '../src/index.ts';
import { newRun, provenance, summary, temporaryFolder, tickingClock } from './support/fixtures.ts';

const { parameters, settings } = newRun(3);
const newVersion: NewVersion = {
  run: '20261123-061530-unfreeze-003-x7k2',
  sweep: null,
  trial: 3,
  as: 'run',
  parameters,
  settings: settings!,
  paths: {},
  summary,
  classes: ['a', 'b'],
  provenance,
  weights_sha256: 'abc',
  choice: { by: 'run', metric: null, notes: ['named'] },
  verified: null,
};

async function storeWith(versions: number) {
  const folder = temporaryFolder();
  const store = openModelStore(folder, tickingClock());
  for (let i = 0; i < versions; i++) {
    await store.createVersion('cells', newVersion, (temporary, { version }) =>
      writeFile(join(temporary, 'labels.json'), `["of version ${version}"]`),
    );
  }
  return { folder, store };
}

describe('models on disk', () => {
  test('versions count up, are whole and read back; the newest is what a bare name means', async () => {
    const { folder, store } = await storeWith(2);
    const { versions, damaged } = await store.model('cells');
    expect(damaged).toEqual([]);
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(versions[0]).toMatchObject({ ...newVersion, name: 'cells' });
    expect((await store.resolve('cells')).version).toBe(2);
    expect((await store.resolve('cells@latest')).version).toBe(2);
    expect((await store.resolve('cells:1')).version).toBe(1);
    const path = join(folder, 'models/cells/2');
    expect((await readdir(path)).sort()).toEqual(['SHA256SUMS', 'labels.json', 'lineage.json']);
    expect(await checksumProblem(path)).toBeNull();
    await writeFile(join(path, 'labels.json'), '[]');
    expect(await checksumProblem(path)).toBe('labels.json is not what was written: its checksum differs');
  });

  test('a version of before does not say on which images it was compared', async () => {
    const { store } = await storeWith(0);
    const verified = { images: 32, largest_difference: 0 } as NewVersion['verified'];
    await store.createVersion('cells', { ...newVersion, verified }, () => Promise.resolve());
    expect((await store.resolve('cells')).verified).toEqual({ ...verified, part: null });
  });

  test('a folder without versions is no model', async () => {
    const { folder, store } = await storeWith(1);
    await mkdir(join(folder, 'models/killed/.tmp-1-1-1'), { recursive: true });
    expect(await store.names()).toEqual(['cells']);
    await expect(store.model('killed')).rejects.toThrow('there is no model "killed"');
  });

  test('of many that are made at once each gets a number of its own', async () => {
    const { folder, store } = await storeWith(0);
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        store.createVersion('cells', newVersion, (temporary) => writeFile(join(temporary, 'who'), String(i))),
      ),
    );
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [i, { version }] of made.entries()) {
      expect(await readFile(join(folder, 'models/cells', String(version), 'who'), 'utf8')).toBe(String(i));
    }
  });

  test('one that fails leaves nothing', async () => {
    const { folder, store } = await storeWith(1);
    const fails = store.createVersion('cells', newVersion, () => Promise.reject(new Error('no space')));
    await expect(fails).rejects.toThrow('no space');
    expect(await readdir(join(folder, 'models/cells'))).toEqual(['1']);
  });

  test('aliases move, roll back step by step and keep their history', async () => {
    const { store } = await storeWith(3);
    for (const version of [1, 2, 3, 3]) await store.setAlias('cells', 'champion', version);
    await store.setAlias('cells', 'old', 1);
    expect((await store.resolve('cells@champion')).version).toBe(3);
    expect(await store.rollBack('cells', 'champion')).toBe(2);
    expect(await store.rollBack('cells', 'champion')).toBe(1);
    await expect(store.rollBack('cells', 'champion')).rejects.toThrow(UserError);
    await store.removeAlias('cells', 'old');
    const { aliases, moves } = await store.model('cells');
    expect([...aliases]).toEqual([['champion', 1]]);
    expect(moves.map(({ alias, version }) => `${alias} ${version}`)).toEqual([
      'champion 1',
      'champion 2',
      'champion 3',
      'old 1',
      'champion 2',
      'champion 1',
      'old null',
    ]);
  });

  test('moves of several processes at once are all kept', async () => {
    const { store } = await storeWith(1);
    const names = Array.from({ length: 8 }, (_, i) => `alias-${i}`);
    await Promise.all(names.map((name) => store.setAlias('cells', name, 1)));
    expect([...(await store.model('cells')).aliases.keys()].sort()).toEqual(names);
  });

  test('a damaged version is told, and the others stay', async () => {
    const { folder, store } = await storeWith(2);
    await rm(join(folder, 'models/cells/2/lineage.json'));
    expect((await store.model('cells')).versions.map(({ version }) => version)).toEqual([1]);
    await expect(store.resolve('cells:2')).rejects.toThrow('is damaged: has no lineage.json');
    await writeFile(join(folder, 'models/cells/1/lineage.json'), '{"format": 2}');
    await expect(store.resolve('cells')).rejects.toThrow('is damaged');
  });

  test('a damaged file of aliases is told, and the versions stay', async () => {
    const { folder, store } = await storeWith(2);
    const path = join(folder, 'models/cells/aliases.json');
    await writeFile(path, '{"format": 1, "moves"');
    const [model] = await store.all();
    expect(model!.versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(model!.damaged).toEqual([
      { path, reason: expect.stringContaining('aliases.json is not JSON') as string },
    ]);
    await expect(store.setAlias('cells', 'champion', 1)).rejects.toThrow('aliases.json is damaged');
    await expect(store.resolve('cells@champion')).rejects.toThrow('aliases.json is damaged');
  });

  test.each([
    ['cels', 'there is no model "cels" in'],
    ['cels', 'did you mean cells?'],
    ['cells:9', 'cells has no version 9; it has 1, 2'],
    ['cells@champoin', 'cells has no alias champoin; it has champion; did you mean champion?'],
    ['../cells', 'allowed: a model, MODEL@ALIAS or MODEL:VERSION'],
    ['cells@', 'allowed: a model'],
    ['cells:0', 'allowed: a model'],
  ])('%s is a mistake: %s', async (reference, message) => {
    const { store } = await storeWith(2);
    await store.setAlias('cells', 'champion', 1);
    await expect(store.resolve(reference)).rejects.toThrow(message);
  });

  test.each(['', 'Cells', 'a/b', '..', '.hidden', 'a@b', 'a:1', 'x'.repeat(65)])(
    '%j is no name',
    async (name) => {
      const { store } = await storeWith(0);
      await expect(store.createVersion(name, newVersion, () => Promise.resolve())).rejects.toThrow(UserError);
    },
  );

  test.each(['latest', '1', '', 'A', 'a b'])('%j is no alias', async (alias) => {
    const { store } = await storeWith(1);
    await expect(store.setAlias('cells', alias, 1)).rejects.toThrow(UserError);
  });

  test('a reference is read into its parts', () => {
    expect(parseModelReference('cells@champion')).toEqual({ name: 'cells', which: { alias: 'champion' } });
    expect(parseModelReference('cells:12')).toEqual({ name: 'cells', which: { version: 12 } });
    expect(parseModelReference('cells.v2_b-c')).toEqual({ name: 'cells.v2_b-c', which: null });
  });
});
