import { inChunks, readAhead } from '@thaw/base';
import type { Engine, Network, Predictor, Weights } from '@thaw/compute';
import type { ImageFile, Symmetry } from '@thaw/data';
import type { TrialObserver } from './observer.ts';
import type { InputSource } from './sources/input-source.ts';
import { viewsOf } from './sources/view.ts';

/**
 * Images at once, so few that what layers make of them stays in the processor's caches: of 224 pixels 32 take a tenth more time than 8. Of
 * inputs that are but few values, such as features, as many as make up so many values.
 */
const imagesAtOnce = 8;
const valuesAtOnce = 2 ** 20;
/** Values of all images up to which opening a network anew takes longer than the tenth by which calls are slower otherwise. */
const fewValues = 2 ** 24;

export interface PredictOptions {
  readonly engine: Engine;
  readonly observer: TrialObserver;
  /** By which the network sees each image. */
  readonly symmetries: readonly Symmetry[];
  /** Whether other weights of the network follow soon. */
  readonly passing: boolean;
}

/** What a network says of images whose views by these symmetries are prepared, a row of probabilities each: the mean over its views. */
export async function predictImages(
  images: readonly ImageFile[],
  network: Network,
  weights: Weights,
  source: InputSource,
  { engine, observer, symmetries, passing }: PredictOptions,
): Promise<Float32Array[]> {
  if (images.length === 0) return [];
  const few = images.length * symmetries.length * source.length <= fewValues;
  const predictor = await engine.predictor(network, weights, { passing: passing && few, imagesAtOnce });
  try {
    return await rowsOfImages(predictor, source, images, symmetries, (done) =>
      observer.phase('evaluation', done, images.length),
    );
  } finally {
    await predictor.dispose();
  }
}

/** The same of validation images after an epoch, which others follow; asked again after a checkpoint, it gives the same bits. */
export function predictValidation(
  images: readonly ImageFile[],
  network: Network,
  weights: Weights,
  source: InputSource,
  options: Omit<PredictOptions, 'passing'>,
): Promise<Float32Array[]> {
  return predictImages(images, network, weights, source, { ...options, passing: true });
}

async function rowsOfImages(
  predictor: Predictor,
  source: InputSource,
  images: readonly ImageFile[],
  symmetries: readonly Symmetry[],
  onProgress: (done: number) => void,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const atOnce = Math.max(imagesAtOnce, Math.floor(valuesAtOnce / source.length));
  const views = symmetries.length;
  const chunks = inChunks(images, Math.ceil(atOnce / views));
  const load = (chunk: readonly ImageFile[]) => source.load(viewsOf(chunk, symmetries), null);
  for await (const [chunk, input] of readAhead(chunks, load)) {
    const { data } = await predictor.predict(input);
    const length = data.length / chunk.length;
    chunk.forEach((_, i) => rows.push(meanRow(data.subarray(i * length, (i + 1) * length), views)));
    onProgress(rows.length);
  }
  return rows;
}

/** The mean of so many rows that lie one behind the other. */
function meanRow(values: Float32Array, rows: number): Float32Array {
  if (rows === 1) return values.slice();
  const classes = values.length / rows;
  return Float32Array.from({ length: classes }, (_, i) => {
    let sum = 0;
    for (let at = i; at < values.length; at += classes) sum += values[at]!;
    return sum / rows;
  });
}
