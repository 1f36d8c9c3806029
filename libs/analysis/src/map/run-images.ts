import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import type { GroupedImage, PredictedSplit, RunRecord, RunStore } from '@thaw/tracking';
import { whyUnknown } from '../groups/groups-of-run.ts';

/** An image of a run's data set, and what the run said of it. */
export interface RunImage {
  /** Relative to the data set's folder. */
  readonly file: string;
  readonly split: GroupedImage['split'];
  readonly class: string;
  /** Null where the run said nothing of it, as of what it learned from. */
  readonly predicted: string | null;
  /** The probability of what was predicted. */
  readonly confidence: number | null;
  /** Equal for images of one photograph; null where that is not known. */
  readonly group: string | null;
}

export interface RunImages {
  readonly classes: readonly string[];
  /** What the images of one group have in common. */
  readonly unit: 'group' | 'photograph' | 'scene';
  /** Training images first, those of one group together. */
  readonly images: readonly RunImage[];
  /** What is missing, in sentences. */
  readonly notes: readonly string[];
}

/**
 * All images that are known of a run, from its record alone. Without its groups these are those that it made predictions about. Of a run
 * whose test set is sealed the test images are left out: to look at them is to look at the test set.
 */
export async function runImages(
  store: Pick<RunStore, 'predictions' | 'groups'>,
  run: Pick<RunRecord, 'id' | 'classes' | 'sealed' | 'settings' | 'imported'>,
): Promise<RunImages> {
  const kept = await store.groups(run.id);
  const said = new Map<string, { row: PredictionRow; split: PredictedSplit }>();
  for (const split of ['validation', 'test'] as const) {
    for (const row of await predictionsOf(store, run.id, split)) said.set(row.file, { row, split });
  }
  const isShown = ({ split }: RunImage) => split !== 'test' || !run.sealed;
  const grouped = (kept?.images ?? []).map(({ path, split, class: name, group }): RunImage => {
    const row = said.get(path)?.row;
    said.delete(path);
    return { file: path, split, class: name, ...answer(row, run.classes), group };
  });
  const others = [...said.values()].map(({ row, split }): RunImage => {
    return { file: row.file, split, class: row.label, ...answer(row, run.classes), group: null };
  });
  const images = [...grouped, ...others].filter(isShown);
  return {
    classes: run.classes ?? [...new Set(images.map((image) => image.class))].sort(),
    unit: kept?.unit ?? (kept?.origin === 'named' ? 'group' : 'photograph'),
    images,
    notes: [
      ...(kept ? [] : [`Images of one photograph are not collapsed: ${whyUnknown(run)}.`]),
      ...(run.sealed ? ['The test images are not shown: nobody has looked at them yet.'] : []),
    ],
  };
}

function answer(row: PredictionRow | undefined, classes: readonly string[] | null) {
  if (!row) return { predicted: null, confidence: null };
  const confidence = row.probabilities[classes?.indexOf(row.predicted) ?? -1] ?? null;
  return { predicted: row.predicted, confidence };
}

/** None of a run that has not come so far, or that was imported without. */
async function predictionsOf(
  store: Pick<RunStore, 'predictions'>,
  run: string,
  split: PredictedSplit,
): Promise<readonly PredictionRow[]> {
  try {
    return await store.predictions(run, split);
  } catch (error) {
    if (error instanceof UserError && error.kind === 'not-found') return [];
    throw error;
  }
}
