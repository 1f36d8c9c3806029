/** The program of a trial process: trains what its parent sends. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createEngine, type Engine, type EngineName } from '@thaw/compute';
import { collectProvenance, type Provenance } from '@thaw/tracking';
import { TrialMemory } from '@thaw/training';
import { executeTrial } from './execute-trial.ts';
import type { TrialJob } from './executor.ts';
import { serveTrials } from './serve-trials.ts';

/** The packages that have a say in the numbers. */
const packages = ['onnxruntime-node', 'sharp', 'h5wasm'];
const engines = new Map<string, Engine>();
const memory = new TrialMemory();
let provenance: Promise<Provenance> | null = null;

// Where memory runs out all at once, the system is to end this process and not the sweep (Linux; elsewhere there is no such file).
writeFile('/proc/self/oom_score_adj', '500').catch(() => undefined);

serveTrials<TrialJob>(
  async (job, served) => {
    const root = resolve(import.meta.dirname, '../../../..');
    provenance ??= collectProvenance({ directory: process.cwd(), root, packages });
    return executeTrial(job, {
      engine: engineFor(job),
      provenance: await provenance,
      memory,
      ...served,
    });
  },
  { memoryBytes: () => process.memoryUsage.rss() },
);

function engineFor({ engine: name, device, sharedCores }: TrialJob): Engine {
  // A sweep may be told to run more or fewer trials at once.
  const key = `${name} ${device} ${sharedCores}`;
  const engine = engines.get(key) ?? createEngine(name as EngineName, { sharedCores, device });
  engines.set(key, engine);
  return engine;
}
