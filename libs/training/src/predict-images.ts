import { inChunks, readAhead } from '@thaw/base';
import type { Predictor } from '@thaw/compute';
import type { ImageFile, Symmetry } from '@thaw/data';
import type { InputSource } from './sources/input-source.ts';
import { viewsOf } from './sources/view.ts';

/**
 * Images at once, so few that what layers make of them stays in the processor's caches: of 224 pixels 32 take a tenth more time than 8. Of
 * inputs that are but few values, such as features, as many as make up so many values.
 */
export const imagesAtOnce = 8;
const valuesAtOnce = 2 ** 20;

/** Class probabilities of images whose views by these symmetries are prepared, a row an image: the mean over its views. */
export async function predictImages(
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
