import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import { groupedImageSchema, type GroupedImage } from '../records/grouped-image.ts';
import { parseDocument, parseJsonLines } from './json-lines.ts';
import { readGap } from './run-documents.ts';

/** Which images of a run's data set belong together. */
export interface KeptGroups {
  /** Whether the settings (or the data set) name them, or they were found by looking at the images. */
  readonly origin: 'named' | 'detected';
  /** Set where groups are photographs of one scene; else those that were found are copies of one photograph. */
  readonly unit?: 'scene' | undefined;
  /**
   * Of a run with folds, of which every training image is in `validation`: how many of them were validated by a network that has
   * learned from another image of their group.
   */
  readonly twins?: number | undefined;
  /** All images of the data set. */
  readonly images: readonly GroupedImage[];
}

const paths = z.array(z.string()).default([]);

/**
 * `groups.json` in a run's folder. It is the run's own copy, though all runs of one data set have the same: a run's folder can be
 * copied alone, and no process writes what others write, too. Names are listed by group and part, each once: for 12,444
 * images of 348 photographs 0.5 MB and 20 ms of processor time, where the model beside it has 2 to 14 MB.
 */
const documentSchema = z.object({
  origin: z.enum(['named', 'detected']),
  unit: z.literal('scene').optional(),
  twins: z.number().int().nonnegative().optional(),
  /** One for each group and class, and where there are folds, for each of theirs. Paths are relative to the data set's folder. */
  groups: z.array(
    z.object({
      group: z.string(),
      class: z.string(),
      scene: z.string().optional(),
      folds: groupedImageSchema.shape.folds,
      train: paths,
      validation: paths,
      test: paths,
    }),
  ),
});

const parts = ['train', 'validation', 'test'] as const;

/** Writes the groups into a run's folder, whole or not at all. */
export async function writeGroups(
  folder: string,
  { origin, unit, twins, images }: KeptGroups,
): Promise<void> {
  type Entry = Pick<GroupedImage, 'group' | 'class' | 'scene' | 'folds'> &
    Partial<Record<GroupedImage['split'], string[]>>;
  const groups = new Map<string, Entry>();
  for (const { path, split, class: name, group, scene, folds } of images) {
    const key = JSON.stringify([group, name, scene, folds]);
    const entry: Entry = groups.get(key) ?? { group, class: name, scene, folds };
    groups.set(key, entry);
    (entry[split] ??= []).push(path);
  }
  const lines = [...groups.values()].map((entry) => JSON.stringify(entry)).join(',\n');
  const head = JSON.stringify({ origin, unit, twins }).slice(0, -1);
  await writeFileAtomic(groupsFile(folder), `${head},"groups":[\n${lines}\n]}\n`);
}

/**
 * The groups that are kept with a run, in its folder; of runs from before they were, those that `gap` has found. Null where none
 * are known. A UserError for a file that Thaw did not write.
 */
export async function readGroups(folder: string): Promise<KeptGroups | null> {
  const path = groupsFile(folder);
  const text = await readIfThere(path);
  if (text === null) return groupsOfGap(join(folder, 'gap'));
  const { origin, unit, twins, groups } = parseDocument(text, documentSchema, path);
  const images = parts.flatMap((split) =>
    groups.flatMap((each) =>
      each[split].map((file) => ({
        path: file,
        split,
        class: each.class,
        group: each.group,
        ...(each.scene !== undefined && { scene: each.scene }),
        ...(each.folds && { folds: each.folds }),
      })),
    ),
  );
  return { origin, ...(unit && { unit }), ...(twins !== undefined && { twins }), images };
}

async function groupsOfGap(gapFolder: string): Promise<KeptGroups | null> {
  const path = join(gapFolder, 'groups.jsonl');
  const text = await readIfThere(path);
  if (text === null) return null;
  const gap = await readGap(gapFolder);
  return {
    origin: gap?.leakage.origin ?? 'detected',
    images: parseJsonLines(text, groupedImageSchema, path),
  };
}

function groupsFile(folder: string): string {
  return join(folder, 'groups.json');
}
