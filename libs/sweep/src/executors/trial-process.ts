/**
 * The program of a trial process: runs the trials that its parent sends, one at a time, and ends with its parent. It does
 * not listen to Ctrl-C, which a terminal sends to all processes: the parent says when to stop.
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createEngine, type Engine, type EngineName } from '@thaw/compute';
import type { EpochRecord } from '@thaw/experiment';
import { collectProvenance, type Provenance } from '@thaw/tracking';
import { TrialMemory } from '@thaw/training';
import { executeTrial } from './execute-trial.ts';
import type { PoolMessage, TrialMessage } from './messages.ts';
import type { TrialJob } from './executor.ts';

/** The packages that have a say in the numbers. */
const packages = ['onnxruntime-node', 'sharp', 'h5wasm'];
const aliveMs = 1000;
const engines = new Map<string, Engine>();
const memory = new TrialMemory();
let provenance: Promise<Provenance> | null = null;
let abort = new AbortController();
let hearVerdict: (prune: boolean) => void = () => undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  process.exit();
});
// Where memory runs out all at once, the system is to end this process and not the sweep (Linux; elsewhere there is no such file).
writeFile('/proc/self/oom_score_adj', '500').catch(() => undefined);
setInterval(() => {
  send({ type: 'alive', memoryBytes: process.memoryUsage.rss() });
}, aliveMs).unref();
process.on('message', (message: PoolMessage) => {
  if (message.type === 'stop') abort.abort();
  else if (message.type === 'verdict') hearVerdict(message.prune);
  else void runJob(message.job, message.asks);
});

async function runJob(job: TrialJob, asks: boolean): Promise<void> {
  abort = new AbortController();
  const root = resolve(import.meta.dirname, '../../../..');
  provenance ??= collectProvenance({ directory: process.cwd(), root, packages });
  const outcome = await executeTrial(job, {
    engine: engineFor(job),
    provenance: await provenance,
    memory,
    signal: abort.signal,
    send,
    ...(asks ? { prune: askForVerdict } : {}),
  });
  send({ type: 'done', outcome });
}

function askForVerdict(record: EpochRecord): Promise<boolean> {
  return new Promise((resolve) => {
    hearVerdict = resolve;
    send({ type: 'verdict-wanted', record });
  });
}

function engineFor({ engine: name, device, sharedCores }: TrialJob): Engine {
  const key = `${name} ${device}`;
  const engine = engines.get(key) ?? createEngine(name as EngineName, { sharedCores, device });
  engines.set(key, engine);
  return engine;
}

function send(message: TrialMessage): void {
  // The parent may be gone already; then `disconnect` ends this process.
  if (process.connected) process.send!(message, () => undefined);
}
