import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError, type Notice } from '@thaw/base';
import { chooseEngine, createEngine, devices, type Device, type EngineName } from '@thaw/compute';
import {
  loadAnyExperiment,
  readAnyExperiment,
  type AnyExperiment,
  type ProgramExperiment,
} from '@thaw/experiment';
import {
  programEngine,
  type RunStore,
  type SweepRecord,
  type SweepWriter,
  type TrialRecord,
} from '@thaw/tracking';
import { checkProgram } from './check-program.ts';
import { countTrials } from './count-trials.ts';
import { experimentOf, modelChecks } from './experiment-of.ts';
import type { SweepOptions, SweepSource } from '../sweep-options.ts';
import { waitForWorkers } from './wait-for-workers.ts';

/** A sweep that is ready to begin or to go on; nothing is recorded before `begin`. */
export interface OpenSweep {
  readonly experiment: AnyExperiment;
  /** `program` where trials run a program of the user's own. */
  readonly engine: string;
  readonly device: Device;
  /** What the user should know about the engine before it starts, null when there is nothing to say. */
  readonly notice: Notice | null;
  /** What relative paths of the experiment are relative to: where the sweep was started. */
  readonly directory: string;
  /** The sweep that goes on; null for a new one. */
  readonly earlier: SweepRecord | null;
  /** The trials of earlier sessions. */
  readonly known: readonly TrialRecord[];
  /** `workers` is how many trials run at once. */
  begin(workers: number): Promise<SweepWriter>;
  /** The same experiment as a new sweep, without the trials of an earlier one. */
  anew(): OpenSweep;
}

/** Reads the experiment of a new sweep from its file, that of an earlier one from the sweep's own copy. */
export async function openSweep(store: RunStore, options: SweepOptions): Promise<OpenSweep> {
  const { from } = options;
  return 'resume' in from ? earlierSweep(store, options, from) : newSweep(store, options, from);
}

async function newSweep(
  store: RunStore,
  { set, engine: wanted, device: wantedDevice, allowed }: SweepOptions,
  { file, text, id }: Extract<SweepSource, { file: string; text?: string }>,
): Promise<OpenSweep> {
  const options = { ...modelChecks, set, allowed };
  const experiment =
    text === undefined ? await loadAnyExperiment(file, options) : readAnyExperiment(text, file, options);
  if ('program' in experiment)
    return newProgramSweep(store, { engine: wanted, device: wantedDevice }, { file, id }, experiment);
  const device = wantedDevice ?? 'cpu';
  const { engine, notice } = await chooseEngine(wanted as EngineName | 'auto', { device });
  // Says now what every trial would say: that the engine has no such device.
  createEngine(engine, { sharedCores: false, device });
  return unbegun(store, { experiment, file, id, engine, device, notice, directory: process.cwd() });
}

/** Throws UserError for what would end every trial: that its interpreter is missing, and what only Thaw's own training has. */
function newProgramSweep(
  store: RunStore,
  { engine, device }: Pick<SweepOptions, 'engine' | 'device'>,
  { file, id }: Pick<Beginning, 'file' | 'id'>,
  experiment: ProgramExperiment,
): OpenSweep {
  if (engine !== 'auto' || device !== null) {
    throw new UserError(
      `${file}: its trials run a program of your own, so that no engine or device can be chosen; the program says what it computes on`,
    );
  }
  checkProgram(experiment);
  const on = { engine: programEngine, device: 'cpu' as const, notice: null };
  return unbegun(store, { experiment, file, id, ...on, directory: process.cwd() });
}

type Beginning = Pick<OpenSweep, 'experiment' | 'engine' | 'device' | 'notice' | 'directory'> & {
  /** The experiment file as the user named it. */
  readonly file: string;
  /** One that was given out before. */
  readonly id: string | undefined;
};

function unbegun(store: RunStore, beginning: Beginning): OpenSweep {
  const { file, id, ...open } = beginning;
  const { name, text, set, method, metric, parameters } = open.experiment;
  const test = 'program' in open.experiment ? 'each' : open.experiment.test;
  const trials = countTrials(open.experiment);
  return {
    ...open,
    earlier: null,
    known: [],
    anew: () => unbegun(store, beginning),
    begin: (workers) =>
      store.createSweep({
        id,
        name,
        experimentText: text,
        experimentFile: file,
        directory: open.directory,
        set,
        method,
        metric,
        parameters,
        engine: open.engine,
        device: open.device,
        workers,
        test,
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
  const moved = isDeepStrictEqual(options.set, set) ? [] : options.set.filter((each) => isPlace(each));
  const others = options.set.filter((each) => !moved.includes(each));
  if (others.length > 0 && !isDeepStrictEqual(others, set)) {
    const before = set.length === 0 ? 'none' : set.join(' ');
    throw new UserError(
      `set: sweep ${id} was started with other changes (${before}), which it keeps; leave them out, or start a new sweep. dataset.path alone may be given anew, where the same images have moved`,
      { kind: 'conflict', remedy: { do: 'change', input: 'set' } },
    );
  }
  const varied = Object.keys(sweep.parameters).find((path) => /^dataset(\.path)?$/.test(path));
  if (moved.length > 0 && varied !== undefined) {
    throw new UserError(`set: sweep ${id} varies ${varied}, so that one dataset.path cannot be all of it`, {
      kind: 'conflict',
      remedy: { do: 'change', input: 'set' },
    });
  }
  const directory = sweep.directory ?? process.cwd();
  const experiment = await experimentOf(sweep, options, moved.map(fromHere)).catch((error: unknown) => {
    throw moved.length === 0 && isFolderGone(error) ? withMove(error) : error;
  });
  if (given !== null && (await readFile(given, 'utf8').catch(() => '')) !== experiment.text) {
    throw new UserError(
      `experiment: ${given} is not that of sweep ${id}, which is ${experiment.file}; leave it out, or start a new sweep`,
      { kind: 'conflict', remedy: { do: 'change', input: 'experiment' } },
    );
  }
  if ('program' in experiment) checkProgram(experiment);
  // The engine may have lost what it ran on since.
  const { notice } =
    engine === programEngine ? { notice: null } : await chooseEngine(engine as EngineName, { device });
  const open = { experiment: { ...experiment, name }, engine, device, notice, directory };
  return {
    ...open,
    earlier: sweep,
    known: sweep.trials,
    begin: () => store.resumeSweep(id),
    anew: () => unbegun(store, { ...open, file: sweep.experiment_file, id: undefined }),
  };
}

function isFolderGone(error: unknown): error is UserError {
  return error instanceof UserError && /dataset\.path: found .* does not exist/.test(error.message);
}

function withMove({ message }: UserError): UserError {
  return new UserError(message, { kind: 'not-found', remedy: { do: 'say where images are' } });
}

function isPlace(override: string): boolean {
  return /^\s*dataset\.path\s*=/.test(override);
}

/** An override of a path as seen from the directory that the sweep was started in. */
function fromHere(override: string): string {
  return `dataset.path=${JSON.stringify(resolve(plainValue(override)))}`;
}

function plainValue(override: string): string {
  return override
    .slice(override.indexOf('=') + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
}
