import type { ImageFile } from '../dataset.ts';
import { chooseSpanning } from './choose-spanning.ts';
import type { ClassFiles, SplitStrategy } from './split-strategy.ts';
import { subsetNearest } from './subset-nearest.ts';

/** How far from the wanted number of images a random choice may be, as a share of the class. */
export const tolerance = 0.02;

interface Group {
  readonly files: ImageFile[];
  /** Number of its images by class label. */
  readonly counts: Map<number, number>;
}

/**
 * Holds out whole groups, so that no photograph (patient, slide) is on both sides. Groups come in a random order.
 *
 * 1. Groups that span classes; see `chooseSpanning`.
 * 2. Then for each class a choice among its own groups that holds what is still wanted to within 2 % of the class, or
 *    the nearest choice there is; both sides keep at least one group. (Always the nearest would be the same few groups
 *    for every seed where groups are large.)
 *
 * Every file needs a group; of a class that has only one, nothing is held out.
 */
export const splitGrouped: SplitStrategy = (classes, fraction, random) => {
  const filled = classes.filter(({ files }) => files.length > 0);
  const groups = random.shuffle(groupsOf(filled));
  const size = new Map(filled.map(({ files }) => [files[0]!.label, files.length]));
  const heldOut = new Map([...size.keys()].map((label) => [label, 0]));
  const spanning = groups.filter(({ counts }) => counts.size > 1);
  const labels = [...size.keys()];
  const indexes = chooseSpanning(
    spanning.map(({ counts }) => labels.map((label) => counts.get(label) ?? 0)),
    [...size.values()],
    { fraction, tolerance },
  );
  const chosen = indexes.map((index) => spanning[index]!);
  for (const { counts } of chosen) {
    for (const [label, count] of counts) heldOut.set(label, heldOut.get(label)! + count);
  }

  for (const [label, images] of size) {
    const own = groups.filter(({ counts }) => counts.size === 1 && counts.has(label));
    const ownImages = own.reduce((sum, { files }) => sum + files.length, 0);
    const before = heldOut.get(label)!;
    const kept = images - ownImages - before;
    const nearest = subsetNearest(
      own.map(({ files }) => files.length),
      fraction * images - before,
      {
        min: before > 0 ? 0 : 1,
        max: kept > 0 ? ownImages : ownImages - 1,
        tolerance: tolerance * images,
      },
    );
    chosen.push(...nearest.map((index) => own[index]!));
  }
  return new Set(chosen.flatMap(({ files }) => files));
};

function groupsOf(classes: readonly ClassFiles[]): Group[] {
  const groups = new Map<string, Group>();
  for (const file of classes.flatMap(({ files }) => files)) {
    let group = groups.get(file.group!);
    if (!group) groups.set(file.group!, (group = { files: [], counts: new Map() }));
    group.files.push(file);
    group.counts.set(file.label, (group.counts.get(file.label) ?? 0) + 1);
  }
  return [...groups.values()];
}
