import { counted, UserError } from '@thaw/base';
import { findLeakage, readFolder, type FolderImages, type FolderSettings } from '@thaw/data';
import type { ImportedRun } from '@thaw/tracking';
import type { LookOptions } from '../leakage/look-into-folder.ts';
import { keptGroups } from './kept-groups.ts';
import { resolveNames } from './resolve-names.ts';

type FolderImage = FolderImages['images'][number];

export interface LookedAt {
  /** With its images under their names in the folder, and with what was found of them. */
  readonly run: ImportedRun;
  /** What was taken for what, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Looks in a folder at the images that another program's predictions are of, and finds which come from one photograph. Images that the
 * folder has for training, or where it has no parts and both splits are predicted all others, count as those that the program
 * has learned from. A UserError for results without predictions, with groups of their own, or of images that the folder does
 * not have.
 */
export async function lookAtImported(
  run: ImportedRun,
  data: FolderSettings,
  { cacheDir, listener, signal }: Pick<LookOptions, 'cacheDir' | 'listener' | 'signal'>,
): Promise<LookedAt> {
  const rows = { validation: run.predictions.validation ?? [], test: run.predictions.test ?? [] };
  const predicted = [...rows.validation, ...rows.test];
  if (predicted.length === 0)
    throw new UserError(
      `${run.file}: found no predictions; allowed with a folder of images: a row for each image`,
    );
  if (run.groups)
    throw new UserError(
      `${run.file}: found groups of its images; allowed with a folder of images, in which groups are looked for: none`,
    );
  const { images, skipped } = await readFolder(data, {
    cacheDir,
    onProgress: (done, total) => listener.count('images checked', done, total),
    signal,
  });
  const names = { validation: rows.validation.map(fileOf), test: rows.test.map(fileOf) };
  const found = resolveNames(names, images, data.path);
  const isPredicted = new Set([...found.validation, ...found.test].map(({ name }) => name));
  const hasBoth = rows.validation.length > 0 && rows.test.length > 0;
  const trained = images.filter(
    ({ name, split, label }) =>
      !isPredicted.has(name) && label !== null && (split === 'train' || (split === null && hasBoth)),
  );
  const classes = [
    ...new Set([...predicted.map(({ label }) => label), ...trained.map(({ label }) => label!)]),
  ];
  const asFile = (image: FolderImage, label: string) => ({
    ...image,
    label: classes.indexOf(label),
    group: null,
  });
  const parts = {
    train: trained.map((image) => asFile(image, image.label!)),
    validation: found.validation.map((image, i) => asFile(image, rows.validation[i]!.label)),
    test: found.test.map((image, i) => asFile(image, rows.test[i]!.label)),
  };
  const leakage = await findLeakage(
    { ...parts, folds: null, groupConfidence: null, groupUnit: null, detected: null },
    { cacheDir, onDetect: (phase, done, total) => listener.count(phase, done, total), signal },
  );
  const renamed = (part: 'validation' | 'test') =>
    run.predictions[part]?.map((row, i) => ({ ...row, file: found[part][i]!.name })) ?? null;
  return {
    run: {
      ...run,
      predictions: { validation: renamed('validation'), test: renamed('test') },
      groups: keptGroups(leakage, { ...parts, classes, folds: null }),
    },
    notes: [
      trained.length > 0
        ? `${counted(trained.length, 'image')} of ${data.path} without a prediction ${trained.length === 1 ? 'counts' : 'count'} as what the model has learned from.`
        : `Which images the model has learned from is not known, so copies of them are not.`,
      ...otherLabels(
        [...found.validation, ...found.test],
        predicted.map(({ label }) => label),
      ),
      ...skipped.map(({ name, reason }) => `Left out: ${name}: ${reason}.`),
    ],
  };
}

function fileOf({ file }: { readonly file: string }): string {
  return file;
}

/** Where folders are called as classes are, images in another one than their label's: the folder may be another's. */
function otherLabels(images: readonly FolderImage[], labels: readonly string[]): string[] {
  const known = new Set(labels);
  const other = images.filter(({ label }, i) => label !== null && known.has(label) && label !== labels[i]);
  if (other.length === 0) return [];
  return [
    `${counted(other.length, 'image')} ${other.length === 1 ? 'has' : 'have'} another label than the folder that holds ${other.length === 1 ? 'it' : 'them'}: ${other[0]!.name} is the first.`,
  ];
}
