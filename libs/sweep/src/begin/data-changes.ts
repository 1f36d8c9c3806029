import { isDeepStrictEqual } from 'node:util';
import { counted, printedName } from '@thaw/base';
import { asDealt, type Dataset } from '@thaw/data';
import type { Experiment, Settings } from '@thaw/experiment';
import type { RunStore, SweepImage, SweepImages, TrialRecord } from '@thaw/tracking';
import type { SweepDataset } from './preflight.ts';
import { datasetOf, trialSettings } from './trial-settings.ts';

const mostNamed = 3;

/** The images of the data sets of a sweep, as it keeps them. */
export function imagesOf(datasets: readonly SweepDataset[]): SweepImages[] {
  return datasets.map(({ parameters, dataset }) => ({
    parameters,
    fingerprint: dataset.fingerprint,
    images: listed(dataset),
  }));
}

/** The data sets with the folds that a sweep began with, where an earlier version dealt these. */
export async function asBegun(
  store: Pick<RunStore, 'sweepImages'>,
  { id }: { readonly id: string },
  datasets: readonly SweepDataset[],
): Promise<SweepDataset[]> {
  const kept = await store.sweepImages(id);
  return datasets.map((each) => {
    const { parameters, settings, dataset } = each;
    const before = keptOf(kept ?? [], parameters);
    return { ...each, dataset: asDealt(dataset, settings.split, before?.fingerprint) };
  });
}

function keptOf(kept: readonly SweepImages[], parameters: SweepDataset['parameters']) {
  return kept.find((each) => isDeepStrictEqual(each.parameters, parameters));
}

/**
 * How the data sets of a sweep differ from those that it began with, a sentence for each class; empty where they are the same.
 * Of a sweep that has kept none (one of before) its runs say which fingerprint theirs had.
 */
export async function dataChanges(
  store: Pick<RunStore, 'sweepImages' | 'run'>,
  { id, trials }: { readonly id: string; readonly trials: readonly TrialRecord[] },
  experiment: Pick<Experiment, 'settings'>,
  datasets: readonly SweepDataset[],
): Promise<string[]> {
  const kept = await store.sweepImages(id);
  if (kept === null) return changesSinceRuns(store, trials, experiment, datasets);
  const sentences = datasets.flatMap(({ parameters, settings, dataset }) => {
    const before = keptOf(kept, parameters);
    if (!before || before.fingerprint === dataset.fingerprint) return [];
    return changesOf(before.images, listed(dataset), settings);
  });
  return [...new Set(sentences)];
}

function listed({ classes, train, validation, test }: Dataset): SweepImage[] {
  return [...train, ...validation, ...test].map(({ name, label, sha256 }) => {
    return { name, class: classes[label]!, sha256 };
  });
}

type Kind = 'added' | 'gone' | 'with other contents' | 'of another class before';

function changesOf(
  before: readonly SweepImage[],
  now: readonly SweepImage[],
  { split }: Pick<Settings, 'split'>,
): string[] {
  const was = new Map(before.map((image) => [image.name, image]));
  const is = new Map(now.map((image) => [image.name, image]));
  const changes = new Map<string, Map<Kind, string[]>>();
  const note = (label: string, kind: Kind, name: string) => {
    const kinds = changes.get(label) ?? new Map<Kind, string[]>();
    const names = kinds.get(kind);
    if (names) names.push(name);
    else changes.set(label, kinds.set(kind, [name]));
  };
  for (const image of now) {
    const then = was.get(image.name);
    if (!then) note(image.class, 'added', image.name);
    else if (then.class !== image.class) note(image.class, 'of another class before', image.name);
    else if (then.sha256 !== image.sha256) note(image.class, 'with other contents', image.name);
  }
  for (const image of before) if (!is.has(image.name)) note(image.class, 'gone', image.name);
  if (changes.size === 0) return [`the images are the same, but they are split otherwise${why(split)}`];
  return [...changes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, kinds]) => {
      const parts = [...kinds].map(
        ([kind, names]) => `${counted(names.length, 'image')} ${kind} (${some(names)})`,
      );
      return `${printedName(label)}: ${parts.join(', ')}`;
    });
}

/** What a version of Thaw finds by looking at images, another may not; before, photographs of one scene were kept together, too. */
function why({ strategy, groups }: Settings['split']): string {
  const looks = groups === 'detect' || (groups !== undefined && 'detect' in groups);
  if (!looks || strategy === 'keras' || strategy === 'random') return '';
  return ': the groups of its split were found by an earlier version, which called other images copies of one photograph, or kept photographs of one scene together as {detect: scene} does now';
}

function some(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).map(printedName).join(', ')}${more}`;
}

interface DataFacts {
  readonly fingerprint?: string;
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
}

async function changesSinceRuns(
  store: Pick<RunStore, 'run'>,
  trials: readonly TrialRecord[],
  experiment: Pick<Experiment, 'settings'>,
  datasets: readonly SweepDataset[],
): Promise<string[]> {
  for (const { run: id, number, parameters } of trials) {
    const run = id === null ? null : await store.run(id).catch(() => null);
    const then = (run?.provenance as { data?: DataFacts } | null | undefined)?.data;
    const now = datasetOf(trialSettings(experiment, parameters, datasets), datasets)?.dataset;
    if (!then?.fingerprint || !now || then.fingerprint === now.fingerprint) continue;
    return [
      `trial ${number} had ${then.train} training, ${then.validation} validation and ${then.test} test images; now there are ` +
        `${now.train.length}, ${now.validation.length} and ${now.test.length}, and they or their split are others (fingerprint ${now.fingerprint.slice(0, 12)}, not ${then.fingerprint.slice(0, 12)})`,
    ];
  }
  return [];
}
