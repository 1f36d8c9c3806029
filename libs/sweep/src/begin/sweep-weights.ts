import { isDeepStrictEqual } from 'node:util';
import { startedFrom } from '@thaw/analysis/recorded';
import { applyParameters, type Experiment, type ModelSettings, type Settings } from '@thaw/experiment';
import type { RunStore, TrialRecord } from '@thaw/tracking';

/** What the backbones of some trials of a sweep start from, as it was read before the sweep began. */
export interface SweepWeights {
  readonly model: ModelSettings;
  /** In words. */
  readonly origin: string;
  readonly sha256: string;
}

/** What decides which weights are read; null where none are. */
export function weightsKey({ model }: Pick<Settings, 'model'>): unknown {
  const { backbone, alpha, image_size, weights, input, scenario } = model;
  const none = scenario === 'from_scratch' || weights === 'random';
  return none ? null : [backbone, alpha, image_size, weights, input];
}

/** The weights of a trial among those that were read before; undefined where its were not, or are drawn. */
export function weightsOf(
  settings: Pick<Settings, 'model'>,
  weights: readonly SweepWeights[],
): SweepWeights | undefined {
  const key = weightsKey(settings);
  return key === null ? undefined : weights.find((each) => isDeepStrictEqual(weightsKey(each), key));
}

/** How the weights differ from those that trials of earlier sessions have started from, a sentence for each file. */
export async function weightsChanges(
  store: Pick<RunStore, 'run'>,
  trials: readonly Pick<TrialRecord, 'number' | 'run' | 'parameters'>[],
  experiment: Pick<Experiment, 'settings'>,
  weights: readonly SweepWeights[],
): Promise<string[]> {
  const changes = new Map<string, string | null>();
  for (const { run: id, number, parameters } of trials) {
    const now = weightsOf(applyParameters(experiment, parameters), weights);
    if (!now || id === null) continue;
    // Backbones of other shapes may start from the same file.
    const file = JSON.stringify([now.origin, now.sha256]);
    if (changes.has(file)) continue;
    const run = await store.run(id).catch(() => null);
    const then = run ? startedFrom(run) : undefined;
    // Of one that has not come to its end it is not known.
    if (then === undefined) continue;
    changes.set(
      file,
      then === now.sha256
        ? null
        : `trial ${number} started from other weights than ${now.origin} has now (SHA-256 ${then.slice(0, 12)}, not ${now.sha256.slice(0, 12)})`,
    );
  }
  return [...changes.values()].filter((change) => change !== null);
}
