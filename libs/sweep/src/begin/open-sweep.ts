import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError, type Notice } from '@thaw/base';
import { chooseEngine, createEngine, devices, type Device, type EngineName } from '@thaw/compute';
import { loadExperiment, type Experiment } from '@thaw/experiment';
import { modelProblems } from '@thaw/model';
import type { RunStore, SweepWriter, TrialRecord } from '@thaw/tracking';
import { countTrials } from './count-trials.ts';
import type { SweepOptions, SweepSource } from '../sweep-options.ts';
import { waitForWorkers } from './wait-for-workers.ts';

/** A sweep that is ready to begin or to go on; nothing is recorded before `begin`. */
export interface OpenSweep {
  readonly experiment: Experiment;
  readonly engine: string;
  readonly device: Device;
  /** What the user should know about the engine before it starts, null when there is nothing to say. */
  readonly notice: Notice | null;
  /** The trials of earlier sessions. */
  readonly known: readonly TrialRecord[];
  /** `workers` is how many trials run at once. */
  begin(workers: number): Promise<SweepWriter>;
}

const checks = { checks: ({ model }: Experiment['settings']) => modelProblems(model) };

/** Reads the experiment of a new sweep from its file, that of an earlier one from the sweep's own copy. */
export async function openSweep(store: RunStore, options: SweepOptions): Promise<OpenSweep> {
  const { from } = options;
  return 'resume' in from ? earlierSweep(store, options, from) : newSweep(store, options, from.file);
}

async function newSweep(
  store: RunStore,
  { set, engine: wanted, device: wantedDevice }: SweepOptions,
  file: string,
): Promise<OpenSweep> {
  const experiment = await loadExperiment(file, { ...checks, set });
  const { name, text, method, metric, parameters } = experiment;
  const trials = countTrials(experiment);
  const device = wantedDevice ?? 'cpu';
  const { engine, notice } = await chooseEngine(wanted as EngineName | 'auto', { device });
  // Says now what every trial would say: that the engine has no such device.
  createEngine(engine, { sharedCores: false, device });
  return {
    experiment,
    engine,
    device,
    notice,
    known: [],
    begin: (workers) =>
      store.createSweep({
        name,
        experimentText: text,
        experimentFile: file,
        set,
        method,
        metric,
        parameters,
        engine,
        device,
        workers,
        ...(Number.isFinite(trials) && { planned: trials }),
      }),
  };
}

async function earlierSweep(
  store: RunStore,
  options: SweepOptions,
  { resume, file: given }: Extract<SweepSource, { resume: string }>,
): Promise<OpenSweep> {
  const sweep = await waitForWorkers(store, (await store.sweep(resume)).id);
  const { id, engine, set, name } = sweep;
  if (options.engine !== 'auto' && options.engine !== engine) {
    throw new UserError(`sweep ${id} runs on the engine ${engine}; it cannot go on with ${options.engine}`, {
      kind: 'conflict',
    });
  }
  const device = devices.find((each) => each === sweep.device) ?? 'cpu';
  if (options.device !== null && options.device !== device) {
    throw new UserError(`sweep ${id} runs on the device ${device}; it cannot go on with ${options.device}`, {
      kind: 'conflict',
    });
  }
  if (options.set.length > 0 && !isDeepStrictEqual(options.set, set)) {
    const before = set.length === 0 ? 'none' : set.join(' ');
    throw new UserError(
      `set: sweep ${id} was started with other changes (${before}), which it keeps; leave them out, or start a new sweep`,
      { kind: 'conflict', remedy: { do: 'change', input: 'set' } },
    );
  }
  const file = join(options.runsDir, 'sweeps', id, 'experiment.yaml');
  const experiment = await loadExperiment(file, { ...checks, set });
  if (given !== null && (await readFile(given, 'utf8').catch(() => '')) !== experiment.text) {
    throw new UserError(
      `experiment: ${given} is not that of sweep ${id}, which is ${file}; leave it out, or start a new sweep`,
      { kind: 'conflict', remedy: { do: 'change', input: 'experiment' } },
    );
  }
  // The engine may have lost what it ran on since.
  const { notice } = await chooseEngine(engine as EngineName, { device });
  return {
    experiment: { ...experiment, name },
    engine,
    device,
    notice,
    known: sweep.trials,
    begin: () => store.resumeSweep(id),
  };
}
