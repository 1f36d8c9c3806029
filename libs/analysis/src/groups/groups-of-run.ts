import { namedGroups } from '@thaw/data/named-groups';
import { withPaths, type PredictionRow } from '@thaw/experiment';
import type { KeptGroups, RunRecord, RunStore } from '@thaw/tracking';

/** Where the groups of a run's images are from, and what one of them is called. */
export interface Grouping {
  /** Named by the settings or the data set, found by looking at the images, or not known. */
  readonly origin: 'named' | 'detected' | 'unknown';
  /** What intervals take for what was drawn. */
  readonly unit: 'group' | 'photograph' | 'scene' | 'image';
  /** Why groups are not known, as a clause; null where they are. */
  readonly missing: string | null;
}

/** Which of a run's validation and test images belong together, as far as that is known. */
export interface RunGroups extends Grouping {
  /** The group of an image; null where none are known, and every image counts as independent. */
  readonly groupOf: ((file: string) => string) | null;
  /** How many validation images have a twin in training, another image of their group; null where that is not known. */
  readonly twins: number | null;
  /** The test images with a twin in training or validation; null where that is not known. */
  readonly testTwins: ReadonlySet<string> | null;
}

/** Looks at a run's images where nobody has, or says in a clause why that cannot be. It may take minutes. */
export type LookAgain = (run: RunRecord) => Promise<KeptGroups | { readonly missing: string }>;

export interface GroupsOfRunOptions {
  readonly cacheDir: string;
  /** Left out: no image is read. */
  readonly look?: LookAgain | undefined;
}

/** The images of a run that predictions are about. */
export interface PredictedRows {
  readonly validation: readonly Pick<PredictionRow, 'file'>[];
  readonly test: readonly Pick<PredictionRow, 'file'>[];
}

/**
 * The groups that every figure of a run goes by: those that are kept with it; for a run without them, what `look` finds, or what
 * its settings still name.
 */
export async function groupsOfRun(
  store: Pick<RunStore, 'groups'>,
  run: RunRecord,
  rows: PredictedRows,
  { cacheDir, look }: GroupsOfRunOptions,
): Promise<RunGroups> {
  const kept = await keptWith(store, run.id, rows);
  if (kept) return kept;
  const files = filesOf(rows);
  const found = await look?.(run);
  const looked = found && !('missing' in found) ? fromKept(found, files) : null;
  if (looked) return looked;
  const named = run.settings && (await namedGroups(withPaths(run.settings, run.paths), files, cacheDir));
  if (named) {
    return {
      origin: 'named',
      unit: 'group',
      missing: null,
      groupOf: (file) => named.get(file)!,
      twins: null,
      testTwins: null,
    };
  }
  const missing = found && 'missing' in found ? found.missing : whyUnknown(run);
  return { origin: 'unknown', unit: 'image', missing, groupOf: null, twins: null, testTwins: null };
}

/** The groups that are kept with a run; null where there are none, or not of all these images. */
export async function keptWith(
  store: Pick<RunStore, 'groups'>,
  run: string,
  rows: PredictedRows,
): Promise<RunGroups | null> {
  const kept = await store.groups(run);
  return kept && fromKept(kept, filesOf(rows));
}

function filesOf({ validation, test }: PredictedRows): string[] {
  return [...validation, ...test].map(({ file }) => file);
}

/** Null where they do not cover all files. */
function fromKept(
  { origin, unit: kind, twins, images }: KeptGroups,
  files: readonly string[],
): RunGroups | null {
  const groups = new Map(images.map(({ path, group }) => [path, group]));
  if (!files.every((file) => groups.has(file))) return null;
  const groupsIn = (...parts: string[]) =>
    new Set(images.filter(({ split }) => parts.includes(split)).map(({ group }) => group));
  const inPart = (part: string, known: ReadonlySet<string>) =>
    images.filter(({ split, group }) => split === part && known.has(group)).map(({ path }) => path);
  const isKnown = knowsTraining({ twins, images });
  const twinsInTest = inPart('test', groupsIn('train', 'validation'));
  return {
    origin,
    unit: kind ?? (origin === 'named' ? 'group' : 'photograph'),
    missing: null,
    groupOf: (file) => groups.get(file)!,
    twins: twins ?? (isKnown ? inPart('validation', groupsIn('train')).length : null),
    testTwins: isKnown || twinsInTest.length > 0 ? new Set(twinsInTest) : null,
  };
}

/**
 * Whether kept groups tell which images were learned from. Programs that log their predictions say nothing of them; a run with folds
 * learned from the images that it was validated on.
 */
export function knowsTraining({ twins, images }: Pick<KeptGroups, 'twins' | 'images'>): boolean {
  return twins !== undefined || images.some(({ split }) => split === 'train');
}

/** Why nothing is known of the groups of a run's images, as a clause. */
export function whyUnknown({ settings, imported }: Pick<RunRecord, 'settings' | 'imported'>): string {
  if (imported) return 'the run was imported without its folder of images';
  if (!settings) return 'Thaw has not trained the run and knows no data set of it';
  return 'nobody has looked for copies of one photograph among the images of the run';
}
