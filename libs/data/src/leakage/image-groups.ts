import type { ImageFile } from '../dataset.ts';
import { detectGroups } from '../duplicates/detect-groups.ts';
import type { DetectedImages, ImageGroups } from './detected-images.ts';
import { joinScenes } from './scenes.ts';

export interface GroupOptions {
  readonly cacheDir: string;
  /** Told while images are compared: what is being done, and how far it is. */
  readonly onDetect?: (phase: string, done: number, total: number) => void;
  /** Aborted, the detection rejects with the signal's reason. */
  readonly signal?: AbortSignal;
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
export async function groupByPhotograph(images: Images, options: GroupOptions): Promise<DetectedImages> {
  const { unique, detected } = await detect(images, options);
  const named = nameGroups(unique, detected.groups, detected.confidence);
  const nameOf = new Map(unique.map(({ sha256 }, i) => [detected.groups[i]!, named.groups.get(sha256)!]));
  const sceneOf = joinScenes(
    detected.sharedFields.map(({ a, b, confidence }) => {
      const [first, second] = [nameOf.get(a)!, nameOf.get(b)!].sort() as [string, string];
      return { a: first, b: second, confidence };
    }),
  );
  const scenes = [...named.groups].flatMap(([sha256, group]): [string, string][] => {
    const scene = sceneOf.get(group);
    return scene === undefined ? [] : [[sha256, scene]];
  });
  const offered = detected.offered
    .map(({ a, b, confidence }) => ({ a: unique[a]!.sha256, b: unique[b]!.sha256, confidence }))
    .sort((x, y) => y.confidence - x.confidence);
  return { ...named, scenes: new Map(scenes), offered };
}

/**
 * Photographs of one scene as one group, for a split that must not show the same place on both sides; as sure as the least sure of
 * its photographs.
 */
export function groupsByScene({ groups, confidence, scenes }: DetectedImages): ImageGroups {
  const merged = new Map([...groups].map(([sha256, group]) => [sha256, scenes.get(sha256) ?? group]));
  const sure = new Map<string, number>();
  for (const [sha256, group] of groups) {
    const scene = merged.get(sha256)!;
    sure.set(scene, Math.min(sure.get(scene) ?? 1, confidence.get(group)!));
  }
  return { groups: merged, confidence: sure };
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
