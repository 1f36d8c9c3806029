import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { programArguments } from '@thaw/base/testing';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 5}
model: {alpha: 0.35, image_size: 32, weights: random}
training: {epochs: 1}
parameters:
  model.scenario: {values: [feature_extraction, full_fine_tune]}
`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-tensorflow-sweep-'));
  await writeFile(join(folder, 'tiny.yaml'), experiment);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the program as if nobody had built TensorFlow's own library. */
function program(...args: string[]) {
  return promisify(execFile)(
    process.execPath,
    [...programArguments(join(root, 'apps/cli/src/main.ts')), ...args, '--runs-dir', folder],
    { cwd: root, env: { ...process.env, THAW_TENSORFLOW: join(folder, 'none') } },
  );
}

it('runs a sweep on TensorFlow.js without its native library, says that it is slow, and goes on with it', async () => {
  const config = ['--config', join(folder, 'tiny.yaml')];
  const first = await program('sweep', ...config, '--engine', 'tensorflow', '--max-trials', '1');
  expect(first.stderr.match(/computes in WebAssembly/g)).toHaveLength(1);
  await expect(program('sweep', '--resume', 'latest', '--engine', 'onnx')).rejects.toMatchObject({
    stderr: expect.stringContaining('runs on the engine tensorflow; it cannot go on with onnx') as string,
  });
  await program('sweep', '--resume', 'latest');
  const sweep = await openStore(folder).sweep('latest');
  expect(sweep).toMatchObject({ engine: 'tensorflow', state: 'finished' });
  expect(sweep.trials.map(({ state }) => state)).toEqual(['finished', 'finished']);
  const run = JSON.parse(await readFile(join(folder, 'runs', sweep.trials[1]!.run!, 'run.json'), 'utf8')) as {
    provenance: Record<string, unknown>;
  };
  expect(run.provenance).toMatchObject({ engine: 'tensorflow', backend: 'tfjs-backend-wasm 4.22.0, CPU' });
});
