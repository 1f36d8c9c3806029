import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksumProblem } from '@thaw/base';
import { killAt, type KillPoint } from '@thaw/base/testing';
import { openModelStore, openStore } from '@thaw/tracking';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, startProgramIn } from './support/program.ts';
import { runExample } from './support/run-example.ts';

const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 5}
model: {alpha: 0.35, image_size: 32, weights: random, head_units: [6, 4], head_dropout: 0.2, head_batch_norm: true}
training: {epochs: 1}
evaluation: {test_time_augmentation: flips}
parameters:
  training.seed: {values: [1, 2]}
`;
let folder: string;
let runsDir: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-promote-'));
  runsDir = join(folder, 'runs');
  writeFileSync(join(folder, 'tiny.yaml'), experiment);
  const sweep = startProgram('sweep', '--config', join(folder, 'tiny.yaml'), '--runs-dir', runsDir);
  expect(await sweep.ended, sweep.output.stderr).toBe(0);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function promote(name: string, ...more: string[]) {
  return startProgram('promote', '--sweep', 'latest', '--name', name, '--runs-dir', runsDir, ...more);
}

/** Every version that can be seen is whole; returns how many there are. */
async function wholeVersions(name: string): Promise<number> {
  if (!existsSync(join(runsDir, 'models', name))) return 0;
  const numbers = readdirSync(join(runsDir, 'models', name)).filter((entry) => /^\d+$/.test(entry));
  for (const number of numbers) {
    expect(await checksumProblem(join(runsDir, 'models', name, number))).toBeNull();
  }
  if (numbers.length > 0) expect((await openModelStore(runsDir).model(name)).damaged).toEqual([]);
  return numbers.length;
}

describe('promoting the best run of a sweep', () => {
  it('writes every file of the artifact and says how the run was chosen', async () => {
    const output = join(folder, 'promote.json');
    const program = promote('cells', '--alias', 'champion', '--output', output);
    expect(await program.ended, program.output.stderr).toBe(0);
    const document = JSON.parse(readFileSync(output, 'utf8')) as {
      run: string;
      path: string;
      notes: string[];
    };
    expect(document).toMatchObject({ name: 'cells', version: 1, aliases: ['champion'] });
    const { trials } = await openStore(runsDir).sweep('latest');
    const best = [...trials].sort(
      (a, b) => b.summary!.val_accuracy - a.summary!.val_accuracy || a.number - b.number,
    )[0]!;
    expect(document.run).toBe(best.run);
    expect(readdirSync(document.path).sort()).toEqual(
      [
        ...['README.md', 'SHA256SUMS', 'labels.json', 'lineage.json', 'model.json', 'model.onnx'],
        ...['neighbours.bin', 'neighbours.json', 'preprocessing.json', 'weights.bin'],
      ].sort(),
    );
    for (const said of [
      'test images had no part in it',
      'The runner-up, trial',
      'The split leaks',
      'Too few independent test images',
    ]) {
      expect(program.output.stdout).toContain(said);
    }
    const version = await openModelStore(runsDir).resolve('cells@champion');
    expect(version.provenance.data).toMatchObject({ fingerprint: expect.any(String) as string });
    expect(version.verified!.images).toBeGreaterThan(0);
    expect(version.verified!.largest_difference).toBeLessThan(1e-5);
  });

  it("is what the serving library's example calls", async () => {
    const [image] = globSync('cache/synthetic-smear/*/TEST/*/*', { cwd: runsDir, absolute: true });
    cpSync(image!, join(folder, 'cell.png'));
    const printed = await runExample('serving', folder);
    expect(printed).toHaveLength(4);
    expect(printed.reduce((sum, [, probability]) => sum + (probability as number), 0)).toBeCloseTo(1, 5);
  });

  it('gives two versions when two promote at once', async () => {
    const both = [promote('both'), promote('both')];
    for (const program of both) expect(await program.ended, program.output.stderr).toBe(0);
    expect(await wholeVersions('both')).toBe(2);
  });

  it.each<[string, KillPoint, number]>([
    ['before anything is written', { call: 'mkdir', path: String.raw`/killed/\.tmp-[^/]*$` }, 0],
    ['with a file half written', { call: 'rename', path: String.raw`/killed/\.tmp-[^/]*/model\.onnx$` }, 0],
    ['between two files', { call: 'rename', path: String.raw`/killed/\.tmp-[^/]*/README\.md$` }, 0],
    ['before the checksums', { call: 'rename', path: String.raw`/killed/\.tmp-[^/]*/SHA256SUMS$` }, 0],
    ['before the version has its name', { call: 'rename', path: String.raw`/killed/\d+$` }, 0],
    ['before its alias is written', { call: 'rename', path: String.raw`/killed/aliases\.json$` }, 1],
  ])('leaves no half version when it is killed %s', async (_, point, made) => {
    const before = await wholeVersions('killed');
    const args = ['--sweep', 'latest', '--name', 'killed', '--alias', 'champion', '--runs-dir', runsDir];
    const program = startProgramIn(killAt(point), 'promote', ...args);
    expect(await program.ended, program.output.stderr).toBe('SIGKILL');
    expect(await wholeVersions('killed')).toBe(before + made);
  });

  it('goes on counting after it was killed, and clears away what was left', async () => {
    const before = await wholeVersions('killed');
    expect(before).toBeGreaterThan(0);
    const program = promote('killed', '--alias', 'champion');
    expect(await program.ended, program.output.stderr).toBe(0);
    expect(await wholeVersions('killed')).toBe(before + 1);
    const { aliases } = await openModelStore(runsDir).model('killed');
    expect(aliases.get('champion')).toBe(before + 1);
    const left = readdirSync(join(runsDir, 'models', 'killed')).filter((name) => name.startsWith('.tmp-'));
    expect(left).toEqual([]);
  });

  it.each([
    [['--name', 'Cells'], /a model's name: found "Cells"/],
    [['--name', 'cells', '--alias', 'latest'], /an alias: found "latest"/],
  ])('refuses %j before it does anything', async (args, message) => {
    const program = startProgram('promote', '--sweep', 'latest', '--runs-dir', runsDir, ...args);
    expect(await program.ended).toBe(1);
    expect(program.output.stderr).toMatch(message);
  });

  it('does not promote a model that is not what the run wrote', async () => {
    const { trials } = await openStore(runsDir).sweep('latest');
    const file = join(runsDir, 'runs', trials[1]!.run!, 'model', 'weights.bin');
    const weights = new Float32Array(new Uint8Array(readFileSync(file)).buffer);
    writeFileSync(file, new Uint8Array(weights.map((value, i) => value + Math.sin(i)).buffer));
    const program = startProgram(
      'promote',
      '--run',
      trials[1]!.run!,
      '--name',
      'other',
      '--runs-dir',
      runsDir,
    );
    expect(await program.ended).toBe(1);
    expect(program.output.stderr).toContain('differs from its run');
    expect(existsSync(join(runsDir, 'models', 'other'))).toBe(false);
  });
});
