import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { printedName, UserError } from '@thaw/base';
import type { FilesDataset, Settings, SplitSettings } from '@thaw/experiment';
import type { Dataset, ImageFile } from './dataset.ts';
import { fingerprint } from './fingerprint.ts';
import { datasetError } from './inspection/dataset-error.ts';
import { resizingOf } from './images/resizing.ts';
import { inspectFiles } from './inspection/inspect-files.ts';
import { isDeepLook, lookWarnings, rangeOf } from './inspection/look-warnings.ts';
import { missingClasses, structureProblems } from './inspection/structure-problems.ts';
import { byCodePoint } from './layouts/file-names.ts';
import { layouts } from './layouts/layouts.ts';
import { groupByPhotograph, groupsByScene, type GroupOptions } from './leakage/image-groups.ts';
import { partLabel } from './layouts/part-names.ts';
import { readingNotes, withLabels } from './layouts/listing.ts';
import type { Split } from './leakage/crossings.ts';
import { limitPerClass } from './limit-per-class.ts';
import { assignGroups, detectedUnit, namesGroups } from './splits/assign-groups.ts';
import { divide, needsGroups, planDivision } from './splits/divide.ts';
import { synthesizeSmear } from './synthetic/synthesize-smear.ts';

/**
 * Finds, checks, labels and splits the images of an experiment. Every image is hashed and decoded to its last row
 * before this returns (`onProgress` counts them); what decoded once is remembered in `<cacheDir>/inspected`.
 *
 * Everything wrong with the files is told in one UserError; under `on_bad_image: skip` files that are no readable images
 * are left out and listed in `skipped` instead. `limit_per_class` takes the first images by name, readable or not.
 *
 * With `settings.model` the pixels of what is decoded are kept at the model's size in `<cacheDir>/pixels`, so that a `PixelReader`
 * need not decode it again.
 *
 * A grouped split with `groups: detect` looks for copies of one photograph among all images, those of a test set included; with
 * `{detect: scene}` photographs of one scene are one group, too.
 */
export async function loadDataset(
  settings: Pick<Settings, 'dataset' | 'split'> & Partial<Pick<Settings, 'model'>>,
  options: GroupOptions & { readonly onProgress?: (done: number, total: number) => void },
): Promise<Dataset> {
  const { folder, dataset, split } = await locate(settings, options.cacheDir);
  if (split.strategy === 'grouped' && !split.groups) {
    throw new UserError(
      'split.strategy: grouped needs split.groups: detect, {detect: scene}, {csv: FILE, column: NAME} or {pattern: REGEX}.',
    );
  }
  const listing = await layouts[dataset.layout](folder, dataset);
  const { labelled, bad: outside } = withLabels(listing.files);
  const plan = planDivision(split, new Set(labelled.map(({ set }) => set)));
  const notes = readingNotes(listing);
  const problems = [
    ...listing.problems,
    ...missingClasses(listing.classes, plan.pooled),
    ...structureProblems(labelled),
  ];
  const listed = limitPerClass(labelled, dataset.limit_per_class);
  const names = listed.map(({ name }) => name);
  const named = namesGroups(split.groups)
    ? await assignGroups(names, split.groups)
    : new Map<string, string>();
  const keep = settings.model && resizingOf({ model: settings.model, dataset });
  const { hashes, looks, bad } = await inspectFiles(folder, names, { ...options, keep });

  const skipped = [...outside, ...listing.bad, ...bad];
  const blocking = dataset.on_bad_image === 'skip' ? [] : skipped;
  if (problems.length + blocking.length > 0) throw datasetError(folder, problems, blocking, notes);
  const readable = listed.filter(({ name }) => hashes.has(name));
  const left = new Set(partsOf(readable));
  const emptied = partsOf(listed).filter((part) => !left.has(part));
  if (emptied.length > 0) {
    const lost = emptied.map((part) => `no readable image is left in ${part}`);
    throw datasetError(folder, lost, skipped);
  }

  const unit = detectedUnit(split.groups);
  const detected =
    unit && needsGroups(plan)
      ? await groupByPhotograph(
          readable.map(({ name }) => ({ path: join(folder, name), sha256: hashes.get(name)! })),
          options,
        )
      : null;
  const found = detected && unit === 'scene' ? groupsByScene(detected) : detected;
  const classes = [...new Set(readable.map(({ label }) => label))].sort(byCodePoint);
  const filesOf = (set: Split | null): ImageFile[] =>
    classes.flatMap((label, index) =>
      readable
        .filter((file) => file.set === set && file.label === label)
        .map(({ name }) => ({
          path: join(folder, name),
          name,
          label: index,
          sha256: hashes.get(name)!,
          group: found?.groups.get(hashes.get(name)!) ?? named.get(name) ?? null,
        })),
    );
  const { notes: splitNotes, ...divided } = divide(plan, filesOf, classes, split);
  const parts = { classes, ...divided };
  const deep = [...parts.train, ...parts.validation].map(({ name }) => looks.get(name)!).filter(isDeepLook);
  const depthRange = dataset.depth === 'auto' ? rangeOf(deep) : null;
  return {
    ...parts,
    skipped,
    strategy: plan.strategy,
    groupConfidence: found?.confidence ?? null,
    detected,
    groupUnit: unit,
    depthRange,
    warnings: lookWarnings(readable, looks, depthRange),
    notes: [...notes, ...splitNotes],
    fingerprint: fingerprint(parts),
  };
}

interface Located {
  readonly folder: string;
  readonly dataset: FilesDataset;
  readonly split: SplitSettings;
}

/** The folder to read and how; the synthetic smear is drawn if it is not there yet and brings its own groups. */
async function locate(
  { dataset, split }: Pick<Settings, 'dataset' | 'split'>,
  cacheDir: string,
): Promise<Located> {
  if ('source' in dataset) {
    const folder = await synthesizeSmear(dataset, cacheDir);
    const { limit_per_class, on_bad_image, interpolation, resize, depth } = dataset;
    const reading = { limit_per_class, on_bad_image, interpolation, resize, depth };
    return {
      folder,
      dataset: { path: folder, layout: 'train-test-folders', classes: 'folders', ...reading },
      split: { ...split, groups: split.groups ?? { csv: join(folder, 'sources.csv'), column: 'source' } },
    };
  }
  const folder = resolve(dataset.path);
  const found = await stat(folder).catch(() => null);
  if (!found) throw new UserError(`dataset.path: ${folder}: there is no such folder.`, { kind: 'not-found' });
  if (!found.isDirectory()) {
    throw new UserError(`dataset.path: ${folder} is a file; a folder of images is needed.`);
  }
  return { folder, dataset, split };
}

/** The class and, where there are sets, the set of each file, every one once, in words. */
function partsOf(files: readonly { label: string; set: Split | null }[]): string[] {
  return [
    ...new Set(
      files.map(({ label, set }) => `${set ? `${partLabel[set]}, ` : ''}class ${printedName(label)}`),
    ),
  ];
}
