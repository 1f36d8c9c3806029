import { counted, inChunks, orderedRecord, readAhead, UserError } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { argmax } from '@thaw/metrics';
import { openClassifier, readImageFile } from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';
import { phaseProgress } from '../progress/phase-progress.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { findImages } from './find-images.ts';
import { predictionText, type OutputFormat, type PredictionDocument } from './prediction-text.ts';

export interface PredictOptions {
  readonly files: readonly string[];
  readonly model: string;
  readonly format: OutputFormat;
  readonly runsDir: string;
  readonly output: string | null;
}

/** Few, so that what a layer makes of them stays in the caches of the cores. */
const imagesAtOnce = 4;
/** Batches that are decoded while the network runs on another. */
const batchesAhead = 2;
/** The user's own files may be large; pixels are limited to what fits the memory. */
const localLimits = { bytes: Infinity, pixels: 100e6 };

/**
 * Classifies images and prints what came out. A file that is no image is named on standard error and the others predicted.
 * Returns the exit code: 1 where a file was left out.
 */
export async function runPredict({ files, model, format, runsDir, output }: PredictOptions): Promise<number> {
  if (output !== null) await checkOutputFile(output);
  const models = openModelStore(runsDir);
  const { name, version } = await models.resolve(model);
  const images = await findImages(files);
  const { classifier, labels, dispose } = await openClassifier(models.folder(name, version));
  const progress = phaseProgress(process.stderr, () => performance.now());
  const predictions: PredictionDocument[] = [];
  const refused: string[] = [];
  try {
    const readAll = (chunk: readonly string[]) =>
      Promise.all(chunk.map((file) => readImageFile(classifier, file, localLimits)));
    let done = 0;
    for await (const [chunk, read] of readAhead(inChunks(images, imagesAtOnce), readAll, batchesAhead)) {
      const good = read.flatMap((each, i) => ('pixels' in each ? [{ file: chunk[i]!, ...each }] : []));
      refused.push(
        ...read.flatMap((each, i) => ('problem' in each ? [`${chunk[i]!}: ${each.problem}`] : [])),
      );
      if (good.length > 0) {
        const rows = await classifier.probabilities(classifier.batch(good.map(({ pixels }) => pixels)));
        predictions.push(...good.map(({ file }, i) => documentOf(file, labels, rows[i]!)));
      }
      done += chunk.length;
      progress.update('images', done, images.length);
    }
  } finally {
    progress.close();
    await dispose();
  }
  if (output !== null) await writeDocument(output, predictions);
  for (const line of refused) process.stderr.write(`${line}\n`);
  if (predictions.length === 0)
    throw new UserError(`none of ${counted(images.length, 'file')} is an image that can be read`);
  process.stdout.write(predictionText(predictions, labels, format, terminalWidth(process.stdout)));
  if (refused.length > 0) {
    process.stderr.write(
      `${counted(refused.length, 'file')} of ${images.length} left out, the rest predicted.\n`,
    );
  }
  return refused.length > 0 ? 1 : 0;
}

function documentOf(file: string, labels: readonly string[], row: Float32Array): PredictionDocument {
  return {
    file,
    label: labels[argmax(row)]!,
    probabilities: orderedRecord(labels.map((label, i) => [label, row[i]!])),
  };
}
