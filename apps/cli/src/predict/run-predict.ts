import { counted, orderedRecord, UserError } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { argmax } from '@thaw/metrics';
import { classifyFiles } from '@thaw/serving';
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
  const progress = phaseProgress(process.stderr, () => performance.now());
  const onDone = (files: number) => progress.update('images', files, images.length);
  const { labels, answers } = await classifyFiles(models.folder(name, version), images, {
    limits: localLimits,
    onDone,
  }).finally(() => progress.close());
  const predictions: PredictionDocument[] = [];
  const refused: string[] = [];
  for (const [i, answer] of answers.entries()) {
    const file = images[i]!;
    if ('problem' in answer) refused.push(`${file}: ${answer.problem}`);
    else predictions.push(documentOf(file, labels, answer.probabilities));
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
