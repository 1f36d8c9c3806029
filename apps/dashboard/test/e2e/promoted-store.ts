import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandLine, programArguments } from '@thaw/base/testing';

const experiment = `
name: tiny
dataset: {source: synthetic-smear, train_sources_per_class: 4, test_sources_per_class: 2, images_per_source: 5}
model: {image_size: 96, weights: bundled, scenario: feature_extraction, head_units: 16}
training: {epochs: 8}
parameters:
  training.seed: {values: [1, 2]}
`;

export interface Predicted {
  readonly file: string;
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** Trains a small sweep below `runsDir` and promotes its best run to `cells@champion`, with the commands that users have. */
export async function promotedStore(runsDir: string): Promise<void> {
  const config = join(runsDir, 'tiny.yaml');
  await writeFile(config, experiment);
  await command('sweep', '--config', config, '--runs-dir', runsDir);
  await command(
    'promote',
    '--sweep',
    'latest',
    '--name',
    'cells',
    '--alias',
    'champion',
    '--runs-dir',
    runsDir,
  );
}

/** What `predict` says of files. */
export async function predicted(runsDir: string, ...files: string[]): Promise<Predicted[]> {
  const args = ['--model', 'cells@champion', '--format', 'json', '--runs-dir', runsDir, ...files];
  return JSON.parse(await command('predict', ...args)) as Predicted[];
}

async function command(...args: string[]): Promise<string> {
  const run = promisify(execFile);
  return (await run(process.execPath, [...programArguments(commandLine()), ...args])).stdout;
}
