import {
  byCodePoint,
  byGroup,
  listFolder,
  type FolderImages,
  type FolderLeakage,
  type SkippedFile,
  type Split,
} from '@thaw/data';
import { UserError } from '@thaw/base';
import type { FilesDataset } from '@thaw/experiment';
import { lookIntoFolder, type LookOptions } from '../leakage/look-into-folder.ts';

export interface SurveyedClass {
  readonly class: string;
  /** Images to train on and to validate with, and test images. */
  readonly images: number;
  readonly testImages: number;
  /** Photographs that the former come from; null where nobody looked. */
  readonly photographs: number | null;
}

/** What a look for copies of one photograph found. */
export interface Look extends Pick<FolderImages, 'layout' | 'depthRange'> {
  readonly leakage: FolderLeakage;
  /** Images that share a photograph with another, and all. */
  readonly copies: number;
  readonly images: number;
  /** Photographs that share their scene with another. */
  readonly sceneMates: number;
}

/** What there is in a folder of images, before any experiment. */
export interface Survey {
  readonly dataset: FilesDataset;
  /** The parts that the folder brings; `null` alone where it brings none. */
  readonly parts: ReadonlySet<Split | null>;
  readonly classes: readonly SurveyedClass[];
  /** What a sweep would stop at unless it leaves it out: files that are no readable images, or in no class. */
  readonly unusable: readonly SkippedFile[];
  readonly notes: readonly string[];
  /** Null where nobody looked. */
  readonly look: Look | null;
}

export interface SurveyOptions extends LookOptions {
  /** False opens no image. */
  readonly look: (images: number) => boolean;
}

/**
 * Counts the classes, images and photographs of a folder. Throws a UserError that lists what a sweep would refuse about its
 * structure: a single class, an empty one, parts with different classes.
 */
export async function surveyFolder(
  dataset: FilesDataset,
  { look: wanted, ...options }: SurveyOptions,
): Promise<Survey> {
  const listing = await listFolder(dataset);
  if (listing.problems.length > 0) {
    const lines = listing.problems.map((problem) => `\n  - ${problem}`);
    throw new UserError(
      `the images in ${dataset.path}, read as ${dataset.layout}, are no data set yet:${lines.join('')}`,
      { remedy: { do: 'choose', what: 'layout of images' } },
    );
  }
  const unlabelled = listing.files.flatMap(({ name, label }) =>
    label === null ? [{ name, reason: 'an image outside every class folder' }] : [],
  );
  const looked = wanted(listing.files.length) ? await lookIntoFolder(dataset, options) : null;
  const listed = listing.files.filter(({ label }) => label !== null);
  const labels = [...new Set(listed.map(({ label }) => label!))].sort(byCodePoint);
  const places =
    looked?.leakage.images.map(({ label, split: set, group }) => ({ label, set, group })) ??
    listed.map(({ label, set }) => ({ label, set, group: null }));
  return {
    dataset,
    parts: new Set(listed.map(({ set }) => set)),
    classes: classesOf(labels, places),
    unusable: [...unlabelled, ...listing.bad, ...(looked?.folder.skipped ?? [])],
    notes: listing.notes,
    look: looked && lookOf(looked.folder, looked.leakage),
  };
}

interface Place {
  readonly label: string | null;
  readonly set: Split | null;
  /** Null where nobody looked. */
  readonly group: string | null;
}

/** What there is of each class; images of no class, or of another one, do not count. */
export function classesOf(labels: readonly string[], places: readonly Place[]): SurveyedClass[] {
  const counts = new Map(
    labels.map((label) => [label, { images: 0, testImages: 0, groups: new Set<string | null>() }]),
  );
  for (const { label, set, group } of places) {
    const own = label === null ? undefined : counts.get(label);
    if (own && set === 'test') own.testImages++;
    else if (own) {
      own.images++;
      own.groups.add(group);
    }
  }
  const isKnown = places.every(({ group }) => group !== null);
  return [...counts].map(([label, { images, testImages, groups }]) => ({
    class: label,
    images,
    testImages,
    photographs: isKnown ? groups.size : null,
  }));
}

function lookOf({ layout, depthRange }: FolderImages, leakage: FolderLeakage): Look {
  const { images } = leakage;
  const several = byGroup(images).filter(([, members]) => members.length > 1);
  return {
    ...{ layout, depthRange },
    leakage,
    images: images.length,
    copies: several.reduce((sum, [, members]) => sum + members.length, 0),
    sceneMates: new Set(images.filter(({ scene }) => scene !== null).map(({ group }) => group)).size,
  };
}
