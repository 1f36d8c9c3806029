import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, UserError, writeFileAtomic } from '@thaw/base';
import type { Engine } from '@thaw/compute';
import type { Leakage } from '@thaw/data';
import { withoutPlace, type PredictionRow, type Settings, type Summary } from '@thaw/experiment';
import { runTrial, TrialFailure, type TrialObserver } from '@thaw/training';

/** What a trial says when no photograph is on both sides of its split. */
export interface Retrained {
  readonly split_seed: number;
  readonly summary: Summary;
  readonly validation: readonly PredictionRow[];
  readonly test: readonly PredictionRow[];
}

export interface RetrainOptions {
  readonly engine: Engine;
  readonly cacheDir: string;
  /** Fingerprint of the data set of the run. */
  readonly fingerprint: string;
  /** SHA-256 of what the run's backbone started from, which the file that its settings name may no longer be; undefined where not known. */
  readonly weightsSha256: string | undefined;
  readonly leakage: Pick<Leakage, 'unit' | 'images'>;
  /** How many grouped splits, one training each. */
  readonly splits: number;
  readonly onTrial: (number: number, settings: Settings) => TrialObserver;
  readonly onTrialEnd: (number: number, settings: Settings, summary: Summary) => void;
  readonly signal?: AbortSignal;
}

/** Bump when a change of training would make kept results wrong. */
const version = 2;

/**
 * Trains a trial again, with its own settings but for the split, which holds out whole photographs; once for each split
 * seed from the run's own upwards. Each result is kept in `<cacheDir>/retrained` by everything that it depends on and read
 * from there the next time. Where such a split or training is impossible, says why in words.
 */
export async function retrainGrouped(
  settings: Settings,
  options: RetrainOptions,
): Promise<Retrained[] | { readonly missing: string }> {
  const results: Retrained[] = [];
  try {
    for (let i = 0; i < options.splits; i++) {
      const grouped = groupedSettings(settings, options.leakage.unit, i);
      results.push(await retrainOnce(grouped, i, options));
    }
    return results;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof TrialFailure)) throw error;
    return { missing: `the trial could not be trained again on a grouped split: ${error.message}` };
  }
}

/** The trial on the `i`-th grouped split. */
function groupedSettings(settings: Settings, unit: Leakage['unit'], i: number): Settings {
  const { split } = settings;
  const asFound = { photograph: 'detect', scene: { detect: 'scene' }, group: split.groups } as const;
  const groups = asFound[unit];
  return { ...settings, split: { ...split, strategy: 'grouped', groups, seed: split.seed + i } };
}

async function retrainOnce(settings: Settings, number: number, options: RetrainOptions): Promise<Retrained> {
  const { engine, cacheDir, fingerprint, weightsSha256, leakage, signal } = options;
  const groups = leakage.images.map(({ image, group }) => [image.name, group]);
  const key = sha256(
    JSON.stringify([version, engine.name, withoutPlace(settings), weightsSha256, fingerprint, groups]),
  );
  const file = join(cacheDir, 'retrained', `${key}.json`);
  const kept = await readKept(file);
  if (kept) return kept;
  const observer = options.onTrial(number, settings);
  const { summary, predictions } = await runTrial(settings, {
    engine,
    cacheDir,
    observer,
    weightsSha256,
    signal,
  });
  const retrained: Retrained = { split_seed: settings.split.seed, summary, ...predictions };
  await writeFileAtomic(file, JSON.stringify(retrained));
  options.onTrialEnd(number, settings, summary);
  return retrained;
}

/** Null for what is not there or is no such file. */
async function readKept(file: string): Promise<Retrained | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Retrained;
  } catch {
    return null;
  }
}
