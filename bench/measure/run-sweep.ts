import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { runScript } from './run-script.ts';

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/** What a sweep cost, as its user sees it. */
export interface SweepCost {
  /** From the start of the command to its end. */
  readonly seconds: number;
  /** Seconds of each trial, in order. */
  readonly trialSeconds: readonly number[];
  /** Seconds of each epoch of each trial, validation included. */
  readonly epochSeconds: readonly (readonly number[])[];
  /** The most memory that a process which trained has held. */
  readonly peakMemoryBytes: number;
}

/** Runs the `sweep` command on an experiment (JSON is YAML) in a process of its own. UserError when it fails. */
export async function runSweep(
  name: string,
  experiment: object,
  { runsDir, args = [] }: { readonly runsDir: string; readonly args?: readonly string[] },
): Promise<SweepCost> {
  const file = join(runsDir, `${name}.yaml`);
  const output = join(runsDir, `${name}.json`);
  await writeFile(file, JSON.stringify({ name, ...experiment }, null, 2));
  const start = performance.now();
  await runScript(main, ['sweep', '--config', file, '--runs-dir', runsDir, '--output', output, ...args]);
  const seconds = (performance.now() - start) / 1000;

  const { trials } = JSON.parse(await readFile(output, 'utf8')) as {
    trials: { run: string; state: string; error: string | null; seconds: number }[];
  };
  const broken = trials.find(({ state }) => state !== 'finished' && state !== 'pruned');
  if (broken)
    throw new UserError(`a trial of ${name} is ${broken.state}: ${broken.error ?? 'no reason given'}`);
  const store = openStore(runsDir);
  const runs = await Promise.all(trials.map(({ run }) => store.run(run)));
  const metrics = await Promise.all(trials.map(({ run }) => store.metrics(run)));
  return {
    seconds,
    trialSeconds: trials.map((trial) => trial.seconds),
    epochSeconds: metrics.map((epochs) => epochs.map((epoch) => epoch.seconds)),
    peakMemoryBytes: Math.max(...runs.map((run) => Number(run.provenance!['peak_memory_bytes']))),
  };
}
