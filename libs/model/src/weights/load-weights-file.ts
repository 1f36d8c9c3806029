import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { sha256File, UserError } from '@thaw/base';
import { readTensorflowJsFile } from '../formats/tensorflow-js-weights.ts';
import { readKerasHdf5 } from './keras-hdf5.ts';
import type { SavedWeight } from './match-weights.ts';

/** What reads a file of weights, by the file's extension. */
const readers: Readonly<
  Record<string, (file: string) => Promise<{ weights: SavedWeight[]; sha256: string }>>
> = {
  '.h5': readKeras,
  '.hdf5': readKeras,
  '.json': readTensorflowJsFile,
};

export const weightsExtensions: readonly string[] = Object.keys(readers);

/** Every weight in a file of Keras or TensorFlow.js. Throws UserError when it is missing, damaged or of another kind. */
export async function loadWeightsFile(file: string): Promise<{ weights: SavedWeight[]; sha256: string }> {
  const reader = readers[extname(file).toLowerCase()];
  if (!reader) {
    throw new UserError(
      `${file} is not a weights file. Allowed extensions: ${weightsExtensions.join(', ')}.`,
    );
  }
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`, { kind: 'not-found' });
  return reader(file);
}

async function readKeras(file: string): Promise<{ weights: SavedWeight[]; sha256: string }> {
  return { weights: await readKerasHdf5(file), sha256: await sha256File(file) };
}
