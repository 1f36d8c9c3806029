/**
 * What `runs list` costs in a store of many runs, in processor time of the whole command: the first time, when nothing is kept of
 * the records, after that, and of the newest 50.
 *
 *   npx tsx bench/many-runs.ts DIR COUNT PROGRAM
 *
 * DIR is made where it is not there yet: one run through the tracking library, copied under other ids and figures. PROGRAM is the
 * installed `thaw`, or what starts it (`"node --import tsx apps/cli/src/main.ts"`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, Random } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { childrensProcessorSeconds } from './measure/processor-seconds.ts';

const [runsDir, countText, program = 'node --import tsx apps/cli/src/main.ts'] = process.argv.slice(2);
const count = Number(countText);
if (runsDir === undefined || !(count >= 1))
  throw new Error('usage: npx tsx bench/many-runs.ts DIR COUNT PROGRAM');
const rounds = 5;

if (!existsSync(runsDir)) await makeRuns(runsDir);
// That of the records alone: others hold how far interrupted trials have come.
rmSync(join(runsDir, 'cache/records'), { recursive: true, force: true });
say('the first time', [processorSeconds([])]);
say('after that', repeated([]));
say('the best 50 by a column', repeated(['--sort=-val_accuracy', '--limit', '50']));
say('the newest 50', repeated(['--limit', '50']));

function repeated(options: readonly string[]): number[] {
  return Array.from({ length: rounds }, () => processorSeconds(options));
}

/** Of the command and all that it starts. */
function processorSeconds(options: readonly string[]): number {
  const words = [...program.split(' '), 'runs', 'list', '--runs-dir', runsDir!, ...options];
  const before = childrensProcessorSeconds();
  const { status } = spawnSync(words[0]!, words.slice(1), { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${words.join(' ')} failed`);
  const after = childrensProcessorSeconds();
  if (before === null || after === null) throw new Error('this system does not say what processes cost');
  return after - before;
}

async function makeRuns(folder: string): Promise<void> {
  const store = openStore(folder);
  const parameters = { 'model.scenario': 'partial_unfreeze', 'training.learning_rate': 0.001 };
  const provenance = {
    git: null,
    node: '20',
    platform: 'linux',
    arch: 'x64',
    cpu: 'made',
    cores: 2,
    memory_bytes: 1,
    packages: {},
  };
  const settings = settingsSchema.parse({});
  const run = await store.createRun({
    name: 'made',
    sweep: null,
    number: 0,
    parameters,
    settings,
    provenance,
  });
  const figures = {
    train_accuracy: 0.9,
    train_loss: 0.3,
    val_accuracy: 0.8,
    val_loss: 0.4,
    test_accuracy: 0.5,
    test_loss: 1,
    gap: 0.3,
  };
  await run.finish({ epochs: 3, best_epoch: 3, ...figures }, ['A', 'B']);
  const text = readFileSync(join(run.folder, 'run.json'), 'utf8');
  const random = new Random(42, 'many-runs');
  for (let number = 1; number < count; number++) {
    const time = new Date(Date.parse('2026-01-01T00:00:00Z') + 60_000 * number).toISOString();
    const id = `${time.replace(/[-:]|\.\d+Z/g, '').replace('T', '-')}-made-${number}-aaaa`;
    const folderOfRun = join(folder, 'runs', id);
    mkdirSync(folderOfRun);
    const changed = text
      .replaceAll(run.id, id)
      .replaceAll(/"created": "[^"]*"/g, `"created": "${time}"`)
      .replace('"val_accuracy": 0.8', `"val_accuracy": ${random.uniform().toFixed(6)}`)
      .replace(
        '"training.learning_rate": 0.001',
        `"training.learning_rate": ${random.uniform().toExponential(6)}`,
      );
    writeFileSync(join(folderOfRun, 'run.json'), changed);
  }
}

function say(what: string, values: readonly number[]): void {
  const range =
    values.length > 1 ? ` (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})` : '';
  process.stdout.write(`${what.padEnd(28)} ${median([...values]).toFixed(2)} s${range}\n`);
}
