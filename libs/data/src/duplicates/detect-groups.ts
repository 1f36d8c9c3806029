import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import type { ImageFile } from '../dataset.ts';
import { decoderVersion } from '../images/decode.ts';
import type { DetectedGroups, DetectOptions } from './detected-groups.ts';
import { groupImages } from './group-images.ts';
import { tieOf, type Tie } from './tie.ts';

/** Raise this whenever the same images would be grouped otherwise. */
const groupingVersion = 17;

/**
 * Finds which images come from one photograph: re-encoded, resized, rotated, flipped, sheared, shifted, cropped, blurred, inverted,
 * changed in brightness, erased in part, framed, or written over. Nothing but the pixels counts, and borders that augmentation left count for nothing. Two
 * photographs of like things stay apart.
 *
 * Runs in worker threads on all cores; the result depends on the images' contents alone, not on their order or names. Descriptions
 * of single images and the groups of a whole set are kept in `<cacheDir>/duplicates`. Throws a UserError for a file that
 * cannot be read, and the signal's reason once it is aborted.
 */
export async function detectGroups(
  images: readonly Pick<ImageFile, 'path' | 'sha256'>[],
  options: DetectOptions,
): Promise<DetectedGroups> {
  options.signal?.throwIfAborted();
  const first = new Map<string, Pick<ImageFile, 'path' | 'sha256'>>();
  for (const image of images) if (!first.has(image.sha256)) first.set(image.sha256, image);
  const distinct = [...first.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const key = sha256(
    JSON.stringify([groupingVersion, decoderVersion(), distinct.map(({ sha256 }) => sha256)]),
  );
  const path = join(options.cacheDir, 'duplicates', 'groups', `${key.slice(0, 32)}.json`);
  const known = await readFile(path, 'utf8').then(
    (text) => parse(text, distinct.length),
    () => null,
  );
  const detected = known ?? (await groupImages(distinct, options));
  if (!known) await writeFileAtomic(path, serialize(detected));
  return spread(images, distinct, detected);
}

function serialize(detected: DetectedGroups): string {
  const content = JSON.stringify(detected);
  return `${sha256(content)}\n${content}\n`;
}

/** The groups of `count` images, or null where the file is not what `serialize` wrote. */
function parse(text: string, count: number): DetectedGroups | null {
  const [digest, content] = text.split('\n') as [string, string | undefined];
  if (content === undefined || sha256(content) !== digest) return null;
  const detected = JSON.parse(content) as DetectedGroups;
  return detected.groups.length === count ? detected : null;
}

/** From distinct contents to all images as given: equal files are one image, tied together for certain. */
function spread(
  images: readonly Pick<ImageFile, 'sha256'>[],
  distinct: readonly Pick<ImageFile, 'sha256'>[],
  detected: DetectedGroups,
): DetectedGroups {
  const placeOf = new Map(distinct.map(({ sha256 }, place) => [sha256, place]));
  const numberOf = new Map<number, number>();
  const confidence: number[] = [];
  const groups: number[] = [];
  const firstWith = new Map<number, number>();
  const twins: Tie[] = [];
  for (const [image, { sha256 }] of images.entries()) {
    const place = placeOf.get(sha256)!;
    const group = detected.groups[place]!;
    if (!numberOf.has(group)) numberOf.set(group, confidence.push(detected.confidence[group]!) - 1);
    groups.push(numberOf.get(group)!);
    const twin = firstWith.get(place);
    if (twin === undefined) firstWith.set(place, image);
    else twins.push(tieOf(twin, image, 1));
  }
  const spreadTies = (ties: readonly Tie[], to: ReadonlyMap<number, number>) =>
    ties.map(({ a, b, confidence }) => tieOf(to.get(a)!, to.get(b)!, confidence));
  const inOrder = (ties: readonly Tie[]) => [...ties].sort((x, y) => x.a - y.a || x.b - y.b);
  return {
    groups,
    confidence,
    links: inOrder([...twins, ...spreadTies(detected.links, firstWith)]),
    offered: inOrder(spreadTies(detected.offered, firstWith)),
    sharedFields: inOrder(spreadTies(detected.sharedFields, numberOf)),
  };
}
