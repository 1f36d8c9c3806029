import type { ImageFile } from '../dataset.ts';
import { detectGroups } from '../duplicates/detect-groups.ts';

export interface GroupOptions {
  readonly cacheDir: string;
  /** Told while images are compared: what is being done, and how far it is. */
  readonly onDetect?: (phase: string, done: number, total: number) => void;
  /** Aborted, the detection rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface ImageGroups {
  /** The group of every image, by the sha256 of its file. */
  readonly groups: ReadonlyMap<string, string>;
  /** How sure it is that a group is one photograph, 0 to 1, by group; 1 for an image alone. */
  readonly confidence: ReadonlyMap<string, number>;
}

/** Enough of a sha256 (64 bits) that no two groups of millions share it. */
const idLength = 16;

/** The name of a group that nobody has named: the beginning of the smallest sha256 (hex) of its images. */
export function groupId(sha256s: readonly string[]): string {
  return sha256s.reduce((smallest, each) => (each < smallest ? each : smallest)).slice(0, idLength);
}

type Images = readonly Pick<ImageFile, 'path' | 'sha256'>[];

/**
 * Finds which images come from one photograph, by looking at them; see `detectGroups`. Files of the same bytes are always
 * one group. Names of groups depend on the images' contents alone, not on their order or where they lie.
 */
export async function groupByPhotograph(images: Images, options: GroupOptions): Promise<ImageGroups> {
  const { unique, detected } = await detect(images, options);
  return nameGroups(unique, detected.groups, detected.confidence);
}

/** Groups of photographs that show one field, and the groups that `groupByPhotograph` finds: an image's photograph, by its sha256. */
export interface FieldGroups extends ImageGroups {
  readonly photographs: ReadonlyMap<string, string>;
}

/**
 * As `groupByPhotograph`, but photographs that show one field are one group, too: for a split that must not have the same cells on
 * both sides. A group is as sure as the least sure of its photographs.
 */
export async function groupByField(images: Images, options: GroupOptions): Promise<FieldGroups> {
  const { unique, detected } = await detect(images, options);
  const field = detected.confidence.map((_, group) => group);
  const rootOf = (group: number): number => (field[group] === group ? group : rootOf(field[group]!));
  for (const { a, b } of detected.sharedFields) field[rootOf(a)] = rootOf(b);
  const confidence = [...detected.confidence];
  detected.confidence.forEach((sure, group) => {
    confidence[rootOf(group)] = Math.min(confidence[rootOf(group)]!, sure);
  });
  return {
    ...nameGroups(unique, detected.groups.map(rootOf), confidence),
    photographs: nameGroups(unique, detected.groups, detected.confidence).groups,
  };
}

async function detect(images: Images, { cacheDir, onDetect, signal }: GroupOptions) {
  const unique = [...new Map(images.map((image) => [image.sha256, image])).values()];
  return { unique, detected: await detectGroups(unique, { cacheDir, onProgress: onDetect, signal }) };
}

/** `indices`: the group of each image; `sure`: the confidence of each group. */
function nameGroups(images: Images, indices: readonly number[], sure: readonly number[]): ImageGroups {
  const members = new Map<number, string[]>();
  for (const [i, { sha256 }] of images.entries()) {
    const known = members.get(indices[i]!);
    if (known) known.push(sha256);
    else members.set(indices[i]!, [sha256]);
  }
  const groups = new Map<string, string>();
  const confidence = new Map<string, number>();
  for (const [group, sha256s] of members) {
    const id = groupId(sha256s);
    for (const sha256 of sha256s) groups.set(sha256, id);
    confidence.set(id, sure[group]!);
  }
  return { groups, confidence };
}
