import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { reviseOnnx } from '@thaw/compute';
import {
  encodeKerasArchive,
  encodeKerasHdf5,
  readSavedModel,
  withPixelInput,
  type Scaling,
} from '@thaw/model';
import { artifactFiles } from '../artifact/artifact-files.ts';
import type { Preprocessing } from '../artifact/preprocessing.ts';
import { readArtifact, type ArtifactContent } from '../artifact/read-artifact.ts';
import { foreignBackbone } from './foreign-backbone.ts';
import type { ExportFileFormat, ExportInput } from './export-formats.ts';

export interface ExportFileOptions {
  readonly format: ExportFileFormat;
  readonly input: ExportInput;
  /** Of ONNX: images of every call; as many as a call brings where it is null. */
  readonly batch: number | null;
  /** Of ONNX: weights and computation in half precision. */
  readonly float16: boolean;
  /** What the file says it is of, such as `cells:1`. */
  readonly model: string;
  /** The date that a `.keras` file bears. */
  readonly saved: Date;
}

export interface ExportedFile {
  readonly bytes: Uint8Array;
  readonly labels: readonly string[];
  /** What is left to do to an image, which the file says, too. */
  readonly preprocessing: Preprocessing;
}

/**
 * A model's version, by its folder, as one file for another program. Throws UserError for files that are missing or not what was
 * written, and for weights that half precision cannot hold.
 */
export async function exportFile(folder: string, options: ExportFileOptions): Promise<ExportedFile> {
  const content = await readArtifact(folder);
  const pixels = options.input === 'pixels';
  const { labels, preprocessing: own } = content;
  const preprocessing = pixels ? ofPixels(own) : own;
  const scaling = pixels ? { channels: own.input.channels, ...own.normalize } : null;
  if (own.tensorflow_js === 'head') {
    const asItIs = options.format === 'onnx' && !options.float16 && options.batch === null;
    if (!asItIs) throw foreignBackbone(options.model);
    return { bytes: content.onnx, labels, preprocessing };
  }
  if (options.format === 'onnx') {
    return { bytes: onnxOf(content, { ...options, scaling, preprocessing }), labels, preprocessing };
  }
  const saved = await readSavedModel(join(folder, artifactFiles.tensorflowJs));
  const model = scaling ? withPixelInput(saved, scaling) : saved;
  const notes = { model: options.model, labels, preprocessing };
  const bytes =
    options.format === 'h5'
      ? await encodeKerasHdf5(model, notes)
      : await encodeKerasArchive(model, { notes, saved: options.saved });
  return { bytes, labels, preprocessing };
}

/** What is left to do where the file scales RGB values 0 to 255 itself. */
function ofPixels(own: Preprocessing): Preprocessing {
  return { ...own, input: { ...own.input, channels: 'RGB' }, normalize: { divisor: 1, offset: 0 } };
}

function onnxOf(
  { onnx }: ArtifactContent,
  {
    batch,
    float16,
    scaling,
    preprocessing,
  }: Pick<ExportFileOptions, 'batch' | 'float16'> & {
    readonly scaling: Scaling | null;
    readonly preprocessing: Preprocessing;
  },
): Uint8Array {
  const metadata = { preprocessing: JSON.stringify(preprocessing) };
  try {
    return reviseOnnx(onnx, { batch, float16, scaling, metadata });
  } catch (error) {
    if (error instanceof RangeError && float16)
      throw new UserError(`the model cannot be written in half precision: ${error.message}`, {
        kind: 'conflict',
      });
    throw error;
  }
}
