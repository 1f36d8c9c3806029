import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { killAt, programArguments, type KillPoint } from '@thaw/base/testing';
import { Random } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { afterAll, expect, test } from 'vitest';
import { dataOf, drawnPredictions, smallSettings, writeRun } from '@thaw/analysis/testing';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const page = [
  'classes.svg',
  'confusion.svg',
  'explanation.svg',
  'gap.json',
  'reliability.svg',
  'report.html',
];

const folder = mkdtempSync(join(tmpdir(), 'thaw-gap-killed-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const process of started) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A run on a split that leaks, so that `gap` trains again. */
async function leakingRun(runsDir: string, training: object): Promise<string> {
  const settings = smallSettings({
    dataset: { train_sources_per_class: 4, test_sources_per_class: 3, images_per_source: 6 },
    split: { strategy: 'keras' },
    training,
  });
  const data = await dataOf(runsDir, settings);
  const predicted = drawnPredictions(data, { validation: 0.9, test: 0.5 }, new Random('killed'));
  return writeRun(runsDir, settings, predicted, data);
}

function gap(runsDir: string, run: string, env = process.env) {
  const args = [...programArguments(main), 'gap', '--run', run, '--retrain', '3', '--runs-dir', runsDir];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const output = { text: '', progress: '' };
  child.stdout.on('data', (text: Buffer) => (output.text += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.progress += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, output, ended };
}

test('gap killed at named points leaves no half of a report, and the next one goes on and ends', async () => {
  const runsDir = join(folder, 'killed');
  const run = await leakingRun(runsDir, { epochs: 5 });
  const store = openStore(runsDir);
  const points: [point: KillPoint, trainingsKept: number][] = [
    [{ call: 'rename', path: String.raw`/retrained/\w+\.json$` }, 0],
    [{ call: 'writeFile', path: String.raw`/\.tmp-[^/]*/classes\.svg$` }, 3],
    [{ call: 'rename', path: '/gap$' }, 3],
  ];
  for (const [point, trainingsKept] of points) {
    const { child, output, ended } = gap(runsDir, run, killAt(point));
    await ended;
    expect(child.signalCode, output.progress).toBe('SIGKILL');
    expect(await readdir(await store.gapFolder(run)).catch(() => null)).toBeNull();
    const kept = await readdir(join(runsDir, 'cache/retrained'));
    expect(kept.filter((name) => !name.startsWith('.tmp-'))).toHaveLength(trainingsKept);
    expect((await store.run(run)).state).toBe('finished');
  }
  const last = gap(runsDir, run);
  expect(await last.ended, last.output.progress).toBe(0);
  expect(last.output.text).toContain('What the gap is made of:');
  const document = await store.gap(run);
  expect(document!.leakage.retrained).toHaveLength(3);
  expect(await readdir(await store.gapFolder(run))).toEqual(expect.arrayContaining(page));
}, 240_000);

test('Ctrl-C ends gap with exit code 130 and says that nothing is lost', async () => {
  const runsDir = join(folder, 'stopped');
  const run = await leakingRun(runsDir, { epochs: 100_000, early_stopping: false });
  const { child, output, ended } = gap(runsDir, run);
  while (output.progress === '') await sleep(100);
  child.kill('SIGINT');
  expect(await ended, output.progress).toBe(130);
  expect(output.progress).toContain('What was computed is kept');
  expect(await openStore(runsDir).gap(run)).toBeNull();
}, 120_000);
