import { readFile } from 'node:fs/promises';
import { UserError } from '@thaw/base';
import type { ImageFile, Split } from '@thaw/data';
import type { PredictionRow } from '@thaw/experiment';
import type { Classifier } from '@thaw/serving';
import type { VersionRecord } from '@thaw/tracking';

export const imagesCompared = 32;
/** Another library, or one that rounded what was frozen, differs by less. */
const tolerance = 1e-3;

/** What is known of a network: its predictions of images of one part. */
export interface KnownPredictions {
  readonly part: Split;
  readonly rows: readonly PredictionRow[];
}

/**
 * Lets the exported model predict some of the images of which it is known what the run's network says, found by name, and compares. A
 * UserError when it says something else: then the model is not the run's.
 */
export async function verifyExport(
  classifier: Classifier,
  { part, rows }: KnownPredictions,
  images: ReadonlyMap<string, ImageFile>,
  onProgress: (done: number, total: number) => void,
): Promise<NonNullable<VersionRecord['verified']>> {
  const step = Math.max(1, Math.floor(rows.length / imagesCompared));
  const compared = rows.filter((_, i) => i % step === 0).slice(0, imagesCompared);
  let largest = 0;
  for (const [done, { file, probabilities }] of compared.entries()) {
    onProgress(done, compared.length);
    const bytes = await readFile(images.get(file)!.path);
    const pixels = await classifier.pixels(bytes, { bytes: Infinity, pixels: Infinity });
    const [row] = await classifier.probabilities(classifier.batch([pixels]));
    for (const [i, value] of probabilities.entries()) largest = Math.max(largest, Math.abs(value - row![i]!));
  }
  if (!(largest <= tolerance)) {
    throw new UserError(
      `the exported model differs from its run by ${largest.toPrecision(2)} on the same images, so it is not promoted; the run's model folder is not what the run wrote`,
      { kind: 'damaged' },
    );
  }
  return { images: compared.length, largest_difference: largest, part };
}
