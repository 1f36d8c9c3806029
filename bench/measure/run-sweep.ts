import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { runThaw, sourceOf, type Version } from './versions.ts';

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

interface RunSweepOptions {
  readonly runsDir: string;
  readonly args?: readonly string[];
  /** This one by default. */
  readonly version?: Version;
}

/** Runs the `sweep` command on an experiment (JSON is YAML) in a process of its own. UserError when it fails. */
export async function runSweep(
  name: string,
  experiment: object,
  { runsDir, args = [], version = sourceOf() }: RunSweepOptions,
): Promise<SweepCost> {
  const file = join(runsDir, `${name}.yaml`);
  const output = join(runsDir, `${name}.json`);
  await writeFile(file, JSON.stringify({ name, ...experiment }, null, 2));
  const files = ['--config', file, '--runs-dir', runsDir, '--output', output];
  const { seconds } = await runThaw(version, ['sweep', ...files, ...args]);
  return { seconds, ...(await costOfSweep({ output, runsDir })) };
}

/** What the documents of a sweep say that it cost. UserError where a trial has failed. */
export async function costOfSweep({
  output,
  runsDir,
}: {
  readonly output: string;
  readonly runsDir: string;
}): Promise<Omit<SweepCost, 'seconds'>> {
  const { trials } = JSON.parse(await readFile(output, 'utf8')) as {
    trials: { run: string; state: string; error: string | null; seconds: number }[];
  };
  const broken = trials.find(({ state }) => state !== 'finished' && state !== 'pruned');
  if (broken)
    throw new UserError(`a trial of ${output} is ${broken.state}: ${broken.error ?? 'no reason given'}`);
  const store = openStore(runsDir);
  const runs = await Promise.all(trials.map(({ run }) => store.run(run)));
  const metrics = await Promise.all(trials.map(({ run }) => store.metrics(run)));
  return {
    trialSeconds: trials.map((trial) => trial.seconds),
    epochSeconds: metrics.map((epochs) => epochs.map((epoch) => epoch.seconds)),
    peakMemoryBytes: Math.max(...runs.map((run) => Number(run.provenance!['peak_memory_bytes']))),
  };
}
