import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumProblem, UserError } from '@thaw/base';
import * as z from 'zod';
import { artifactFiles } from './artifact-files.ts';
import { preprocessingSchema, type Preprocessing } from './preprocessing.ts';

/** What a model's version says to programs. */
export interface ArtifactContent {
  /** In the order of the model's probabilities. */
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly onnx: Buffer;
}

const { labels, preprocessing, onnx } = artifactFiles;
/** All that predicting takes. */
export const filesOfClassifier: readonly string[] = [labels, preprocessing, onnx];

/**
 * Reads the folder of a model's version. Throws UserError where any of the files `checked`, by default of all that were written, is
 * missing or not what was written.
 */
export async function readArtifact(folder: string, checked?: readonly string[]): Promise<ArtifactContent> {
  const problem = await checksumProblem(folder, checked);
  if (problem !== null) throw new UserError(`${folder} is damaged: ${problem}`, { kind: 'damaged' });
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown;
  return {
    labels: z.array(z.string()).parse(await read(labels)),
    preprocessing: preprocessingSchema.parse(await read(preprocessing)),
    onnx: await readFile(join(folder, onnx)),
  };
}
