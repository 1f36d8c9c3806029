import type { ImageList } from '../../api/operations/images.ts';

/** What is known of a run's images, a column each; numbers stand for names. */
export interface ImageTable {
  readonly list: string;
  readonly count: number;
  readonly classes: readonly string[];
  readonly unit: ImageList['unit'];
  readonly files: readonly string[];
  /** 0: training, 1: validation, 2: test. */
  readonly splits: Uint8Array;
  readonly labels: Int32Array;
  /** -1 where the run said nothing. */
  readonly predicted: Int32Array;
  /** NaN where the run said nothing. */
  readonly confidence: Float32Array;
  /** Every image has one: those whose group is not known are each alone. */
  readonly groups: Int32Array;
  /** Of the groups that are known. */
  readonly groupNames: readonly string[];
  /** How many images are in each group. */
  readonly groupSizes: Int32Array;
}

export function imageTable(list: ImageList): ImageTable {
  let groupCount = list.groups.length;
  const groups = Int32Array.from(list.group, (group) => group ?? groupCount++);
  const groupSizes = new Int32Array(groupCount);
  for (const group of groups) groupSizes[group]!++;
  return {
    list: list.list,
    count: list.files.length,
    classes: list.classes,
    unit: list.unit,
    files: list.files,
    splits: Uint8Array.from(list.splits),
    labels: Int32Array.from(list.labels),
    predicted: Int32Array.from(list.predicted, (each) => each ?? -1),
    confidence: Float32Array.from(list.confidence, (each) => each ?? NaN),
    groups,
    groupNames: list.groups,
    groupSizes,
  };
}
