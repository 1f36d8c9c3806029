import { mapConcurrently, Random } from '@thaw/base';
import { readPixels, type Resizing } from '@thaw/data';
import {
  accuracyInterval,
  logMe,
  nearestNeighbourProbe,
  sampleAcrossGroups,
  type Interval,
} from '@thaw/metrics';
import { colorHistogram } from './color-histogram.ts';
import type { TrainingImages } from './training-images.ts';

/** What a set of features tells of the classes, without training. */
export interface FeatureFigures {
  /** Accuracy of the nearest-neighbour probe with the neighbours taken from other photographs. */
  readonly acrossPhotographs: { readonly accuracy: number; readonly ci95: Interval | null };
  /** The same with copies of the same photograph allowed. */
  readonly acrossImages: number;
  /** LogME on one row a photograph, as log evidence per photograph. */
  readonly logMe: number;
}

export interface MeasuredFeatures {
  /** Images looked at, and the photographs that they come from. */
  readonly images: number;
  readonly photographs: number;
  readonly neighbours: number;
  /** Accuracy of guessing: as many images of every class are looked at. */
  readonly chance: number;
  readonly pretrained: FeatureFigures;
  /** The yardstick: nothing but how often each colour occurs. */
  readonly colors: FeatureFigures;
}

type Image = TrainingImages['images'][number];

const neighbours = 5;
/** More images say little else, and the time grows with their square; that of LogME with the cube of the photographs. */
const mostImages = 1600;
const mostImagesOfAClass = 400;
const mostPhotographs = 400;
/** Side of the image that colours are counted in, pixels. */
const colorSize = 64;
const filesAtOnce = 8;

/**
 * How much of the classes pretrained features tell, and colours alone beside them: a k-nearest-neighbour probe on a sample with as
 * many images of every class, spread over as many photographs as there are, and LogME on the photographs' mean features.
 * `extract` gives the pretrained features of images, a row an image.
 */
export async function measureFeatures(
  { images, classes, depthRange }: Pick<TrainingImages, 'images' | 'classes' | 'depthRange'>,
  {
    resizing,
    random,
    extract,
    onColors,
  }: {
    /** Of the network. */
    readonly resizing: Resizing;
    readonly random: Random;
    readonly extract: (images: readonly Image[]) => Promise<readonly Float32Array[]>;
    readonly onColors: (done: number, total: number) => void;
  },
): Promise<MeasuredFeatures> {
  const sample = balancedSample(images, classes, random);
  const photographs = new Set(sample.map(({ group }) => group)).size;
  const pretrained = await extract(sample);
  let done = 0;
  const small = { ...resizing, size: colorSize, interpolation: 'nearest' as const };
  const colors = await mapConcurrently(sample, filesAtOnce, async ({ path }) => {
    const histogram = colorHistogram(await readPixels(path, small, depthRange));
    onColors(++done, sample.length);
    return histogram;
  });
  const representatives = photographSample(sample, random);
  return {
    images: sample.length,
    photographs,
    neighbours,
    chance: 1 / classes.length,
    pretrained: figures(sample, pretrained, representatives),
    colors: figures(sample, colors, representatives),
  };
}

/** As many images of every class, at most as many as the smallest has. */
function balancedSample(
  images: readonly Image[],
  classes: TrainingImages['classes'],
  random: Random,
): Image[] {
  const limit = Math.min(
    mostImagesOfAClass,
    Math.floor(mostImages / classes.length),
    ...classes.map((each) => each.images),
  );
  return classes.flatMap((_, label) => {
    const own = images.filter((image) => image.label === label);
    const groups = own.map(({ group }) => group);
    return sampleAcrossGroups(groups, Math.max(2, limit), random).map((i) => own[i]!);
  });
}

/** The places in the sample of the images of each photograph (of one class, should it be under several), for as many as LogME takes. */
function photographSample(sample: readonly Image[], random: Random): number[][] {
  const members = new Map<string, number[]>();
  sample.forEach(({ label, group }, i) => {
    const key = `${label} ${group}`;
    const known = members.get(key);
    if (known) known.push(i);
    else members.set(key, [i]);
  });
  const photographs = [...members.values()];
  const labels = photographs.map(([first]) => sample[first!]!.label);
  return sampleAcrossGroups(labels, mostPhotographs, random).map((i) => photographs[i]!);
}

function figures(
  sample: readonly Image[],
  features: readonly Float32Array[],
  photographs: readonly (readonly number[])[],
): FeatureFigures {
  const labels = sample.map(({ label }) => label);
  const groups = sample.map(({ group }) => group);
  const { acrossGroups, acrossSamples } = nearestNeighbourProbe(features, labels, groups, { k: neighbours });
  const classCount = Math.max(...labels) + 1;
  const oneHot = (label: number) => Array.from({ length: classCount }, (_, each) => Number(each === label));
  const probabilities = acrossGroups.predictions.map(oneHot);
  const { evidence } = logMe(
    photographs.map((members) => mean(members.map((i) => features[i]!))),
    photographs.map(([first]) => labels[first!]!),
  );
  return {
    acrossPhotographs: {
      accuracy: acrossGroups.accuracy,
      ci95: accuracyInterval({ labels, probabilities, groups }).ci95,
    },
    acrossImages: acrossSamples.accuracy,
    logMe: evidence,
  };
}

function mean(rows: readonly Float32Array[]): Float64Array {
  return Float64Array.from(rows[0]!, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
}
