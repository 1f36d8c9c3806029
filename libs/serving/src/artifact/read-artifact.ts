import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumProblem, UserError } from '@thaw/base';
import { z } from 'zod';
import { artifactFiles } from './artifact-files.ts';
import { preprocessingSchema, type Preprocessing } from './preprocessing.ts';

/** What a model's version says to programs. */
export interface ArtifactContent {
  /** In the order of the model's probabilities. */
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly onnx: Buffer;
}

/** Reads the folder of a model's version. Throws UserError for files that are missing or not what was written. */
export async function readArtifact(folder: string): Promise<ArtifactContent> {
  const problem = await checksumProblem(folder);
  if (problem !== null) throw new UserError(`${folder} is damaged: ${problem}`, { kind: 'damaged' });
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown;
  return {
    labels: z.array(z.string()).parse(await read(artifactFiles.labels)),
    preprocessing: preprocessingSchema.parse(await read(artifactFiles.preprocessing)),
    onnx: await readFile(join(folder, artifactFiles.onnx)),
  };
}
