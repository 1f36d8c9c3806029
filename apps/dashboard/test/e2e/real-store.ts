import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commandLine, programArguments } from '@thaw/base/testing';
import { openStore } from '@thaw/tracking';
import { report } from './notebook-report.ts';

const root = resolve(import.meta.dirname, '../../../..');

/** Small enough for seconds; with a parameter that only some trials have, a figure that leaks, and several classes. */
const experiment = `
name: cells
dataset: {source: synthetic-smear, train_sources_per_class: 3, test_sources_per_class: 2, images_per_source: 6, seed: 7}
split: {strategy: keras, validation: 0.25}
model: {alpha: 1.0, image_size: 48, weights: bundled, batch_norm: frozen, unfreeze_from: block_16}
training: {epochs: 4, batch_size: 16, learning_rate: 0.003, seed: 42}
method: random
metric: {name: val_accuracy, goal: maximize}
parameters:
  model.scenario: {values: [feature_extraction, partial_unfreeze]}
  model.head_units: {values: [16, 32]}
  training.learning_rate: {distribution: log_uniform_values, min: 0.001, max: 0.01}
  training.optimizer: {values: [adam, sgd]}
  training.momentum: {min: 0.5, max: 0.95}
run_cap: 8
`;

/**
 * What users have after a while, made by the commands that they use: a finished sweep of eight trials, its best run explained
 * by `gap`, a sweep that was killed, and the printed reports of a notebook.
 */
export async function makeRealStore(runsDir: string): Promise<void> {
  const config = join(runsDir, 'cells.yaml');
  await writeFile(config, experiment);
  const slow = [
    '--set',
    'name=killed',
    '--set',
    'training.epochs=10000',
    '--set',
    'training.early_stopping=false',
  ];
  await killInTraining(runsDir, ['sweep', '--config', config, '--workers', '1', ...slow]);
  await thaw(runsDir, 'sweep', '--config', config, '--workers', '1');
  await thaw(runsDir, 'gap', '--sweep', 'latest', '--retrain', '1');
  const notebook = join(runsDir, 'notebook.txt');
  await writeFile(notebook, report);
  await thaw(runsDir, 'runs', 'import', notebook);
}

/** The runs of a store made by `makeRealStore`, by what they are good for. */
export async function realRuns(runsDir: string) {
  const { sweeps } = await openStore(runsDir).sweeps();
  const { runs } = await openStore(runsDir).runs();
  const sweep = sweeps.find(({ name }) => name === 'cells')!;
  const finished = sweep.trials.filter(({ state }) => state === 'finished');
  const best = finished.reduce((a, b) => (b.summary!.val_accuracy > a.summary!.val_accuracy ? b : a));
  return {
    sweep: sweep.id,
    killedSweep: sweeps.find(({ name }) => name === 'killed')!.id,
    best: best.run!,
    others: finished.flatMap(({ run }) => (run !== null && run !== best.run ? [run] : [])),
    killed: runs.find(({ state }) => state === 'interrupted')!.id,
    imported: runs.find(({ imported }) => imported !== null)!.id,
  };
}

async function thaw(runsDir: string, ...args: string[]): Promise<void> {
  const { ended, output } = startThaw(runsDir, args);
  const code = await ended;
  if (code !== 0) throw new Error(`thaw ${args.join(' ')} ended with ${code}: ${output()}`);
}

/** Ends a sweep with SIGKILL once its first trial has written an epoch. */
async function killInTraining(runsDir: string, args: string[]): Promise<void> {
  const { child, ended, output } = startThaw(runsDir, args);
  let over = false;
  void ended.then(() => (over = true));
  const store = openStore(runsDir);
  for (;;) {
    if (over) throw new Error(`the sweep ended before it could be killed: ${output()}`);
    const { runs } = await store.runs();
    const epochs = runs[0] ? await store.metrics(runs[0].id) : [];
    if (epochs.length > 1) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  await ended;
}

function startThaw(runsDir: string, args: readonly string[]) {
  const command = [...programArguments(commandLine()), ...args, '--runs-dir', runsDir];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, ended, output: () => said };
}
