import type { Predictor } from '@thaw/compute';
import type { ImageFile } from '@thaw/data';
import { inChunks } from './sources/in-chunks.ts';
import { readAhead } from './sources/read-ahead.ts';
import type { InputSource } from './sources/input-source.ts';

/** Images at once, and for inputs that are but a few values, such as features, as many as make up so many values. */
const imagesAtOnce = 32;
const valuesAtOnce = 2 ** 18;

/** Class probabilities of prepared, unaugmented images, a row an image. */
export async function predictImages(
  predictor: Predictor,
  source: InputSource,
  images: readonly ImageFile[],
  onProgress: (done: number) => void,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const atOnce = Math.max(imagesAtOnce, Math.floor(valuesAtOnce / source.length));
  const chunks = inChunks(images, atOnce);
  for await (const [chunk, input] of readAhead(chunks, (each) => source.load(each, null))) {
    const { data } = await predictor.predict(input);
    const classes = data.length / chunk.length;
    chunk.forEach((_, i) => rows.push(data.slice(i * classes, (i + 1) * classes)));
    onProgress(rows.length);
  }
  return rows;
}
