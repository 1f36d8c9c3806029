import { UserError } from '@thaw/base';
import type { EngineName } from '@thaw/compute';
import { testSetHash } from '@thaw/data';
import type { FileStore, SweepWriter } from '@thaw/tracking';
import { countTrialsLeft } from '../begin/count-trials.ts';
import { imagesOf } from '../begin/data-changes.ts';
import { openSweep, type OpenSweep } from '../begin/open-sweep.ts';
import { trialsOfAllSizes } from '../begin/preflight.ts';
import { usualWorkers } from '../begin/usual-workers.ts';
import { checkpointSeconds } from '../executors/checkpoint-files.ts';
import type { SweepOptions } from '../sweep-options.ts';
import {
  prepareSweep,
  type PreparationListener,
  type Prepared,
  type PrepareOptions,
} from './prepare-sweep.ts';

/** A sweep of which everything is checked; nothing is recorded yet. */
export interface ReadySweep {
  readonly sweep: OpenSweep;
  /** Null where no trial is left that would need anything. */
  readonly prepared: Prepared | null;
  /** How many trials run at once. */
  readonly workers: number;
  /** How many this session is about. */
  readonly trials: number;
}

/** How many trials are given out at once over a queue where nobody says: more than most have workers. */
const queuedTrials = 16;

/** Opens a sweep and reads and checks what its trials will need, so that what is wrong is said before anything is recorded. */
export async function readySweep(
  store: FileStore,
  options: SweepOptions & PrepareOptions,
  listener: PreparationListener,
): Promise<ReadySweep> {
  const opened = await openSweep(store, options);
  const { experiment, notice } = opened;
  if ('program' in experiment && options.queue !== null) {
    throw new UserError(
      'queue: found one beside a program of your own; allowed: a sweep on this machine, as workers elsewhere do not have the program',
      { remedy: { do: 'change', input: 'queue' } },
    );
  }
  // Says now what every trial would say.
  checkpointSeconds();
  const { retry, maxTrials, dataChanged } = options;
  const leftOf = ({ known }: OpenSweep) =>
    countTrialsLeft(experiment, known, { maxTrials: maxTrials ?? undefined, retry });
  const isToPrepare = leftOf(opened) > 0 || dataChanged === 'new-sweep';
  if (isToPrepare) {
    if (notice) listener.note(notice.message, notice.remedy);
    for (const note of experiment.notes) listener.note(note);
  }
  const workers = await workersOf(opened, options);
  const prepared = isToPrepare ? await prepare(store, opened, options, listener) : null;
  const sweep =
    prepared && prepared.changes.length > 0 ? beginAnew(opened, prepared.changes, listener) : opened;
  return { sweep, prepared, workers, trials: leftOf(sweep) };
}

/** Records that a sweep begins or goes on, and what was found of its images. Throws UserError (conflict) for one that runs by now. */
export async function beginSweep(
  store: FileStore,
  { sweep, prepared, workers }: ReadySweep,
): Promise<SweepWriter> {
  const writer = await sweep.begin(workers);
  if (prepared && prepared.datasets.length > 0 && !(await store.sweepImages(writer.id)))
    await writer.setImages(imagesOf(prepared.datasets));
  if (prepared) await writer.setTestSets(testSetsOf(prepared));
  if (prepared?.leakage) await writer.setLeakage(prepared.leakage);
  return writer;
}

function testSetsOf({ datasets }: Prepared): string[] {
  const hashes = new Set(datasets.map(({ dataset }) => testSetHash(dataset)));
  return [...hashes].filter((hash) => hash !== null);
}

/** A program of the user's own reads its data itself. */
async function prepare(
  store: FileStore,
  { experiment, directory, earlier }: OpenSweep,
  options: PrepareOptions,
  listener: PreparationListener,
): Promise<Prepared> {
  if ('program' in experiment) return { datasets: [], weights: [], leakage: null, groups: {}, changes: [] };
  return prepareSweep(store, { experiment, directory, earlier }, options, listener);
}

/** A new sweep where the images or weights of an earlier one have changed, as was asked for. */
function beginAnew(
  earlier: OpenSweep,
  changes: readonly string[],
  { note }: Pick<PreparationListener, 'note'>,
): OpenSweep {
  const lines = changes.map((change) => `  - ${change}\n`).join('');
  note(
    `What sweep ${earlier.earlier!.id} trains with has changed:\n${lines}This is a new sweep with its experiment.`,
  );
  return earlier.anew();
}

async function workersOf(
  { experiment, engine, device }: OpenSweep,
  { workers, queue }: Pick<SweepOptions, 'workers' | 'queue'>,
): Promise<number> {
  if (workers !== null) return workers;
  if (queue !== null) return queuedTrials;
  // Nobody knows what a program needs.
  if ('program' in experiment) return 1;
  return usualWorkers(trialsOfAllSizes(experiment), { engine: engine as EngineName, device });
}
