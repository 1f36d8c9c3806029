import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import {
  download,
  DownloadError,
  sha256File,
  UserError,
  writeFileAtomic,
  type DownloadOptions,
} from '@thaw/base';
import type { ImagenetWeights } from '../backbone.ts';
import { backboneOf } from '../backbone-of.ts';
import { backbones } from '../backbones.ts';
import { readKerasHdf5 } from './keras-hdf5.ts';

/** Names another address that has the same files. */
const mirrorVariable = 'THAW_WEIGHTS_MIRROR';

export interface FetchWeightsOptions extends Pick<DownloadOptions, 'onProgress' | 'timeoutMs' | 'sleep'> {
  /** Its name, not that of a file; mobilenet_v2 when left out. */
  readonly backbone?: string;
  /** Read where the backbone has several widths. */
  readonly alpha: number;
  /** Side of the square input. Of MobileNetV2 there are files for 96, 128, 160, 192 and 224; every other size takes that for 224. */
  readonly imageSize: number;
  /** The cache of the runs folder; the file goes to its folder `weights`. */
  readonly cacheDir: string;
  /** Base address, to which `/<file name>` is added. Default: THAW_WEIGHTS_MIRROR, or else Keras's own. */
  readonly mirror?: string | undefined;
}

/** What Keras publishes for a backbone by its name. Throws UserError for an ONNX file. */
export function imagenetWeightsOf(backbone: string): ImagenetWeights {
  const { imagenet } = backboneOf({ backbone });
  if (imagenet) return imagenet;
  throw new UserError(
    `found ${JSON.stringify(backbone)}, an ONNX file, which has its weights inside; allowed: ${Object.keys(backbones).join(', ')}`,
  );
}

/**
 * The path of a weights file that is on this machine already: in `<cacheDir>/weights`, or where Keras keeps its downloads
 * (`$KERAS_HOME/models`, by default `~/.keras/models`); null if in neither. A file that Thaw downloaded must still have the
 * SHA-256 that was recorded beside it, otherwise UserError.
 */
export async function findImagenetWeights({
  fileName,
  cacheDir,
}: {
  fileName: string;
  cacheDir: string;
}): Promise<string | null> {
  const cached = cachedFile(cacheDir, fileName);
  if (existsSync(cached)) {
    await checkRecord(cached);
    return cached;
  }
  const ofKeras = join(kerasModels(), fileName);
  return existsSync(ofKeras) ? ofKeras : null;
}

/**
 * Downloads the ImageNet weights of a backbone without its classifier into `<cacheDir>/weights` and returns the file's
 * path; takes the file that is on this machine if there is one.
 *
 * Checked are the length and the MD5 that the server announces (Keras's address does announce one), the MD5 in Keras's source,
 * which has none of MobileNetV2, and that the file is a whole HDF5 file whose Keras weights can all be read; its SHA-256 is recorded in
 * `<file>.sha256` (`sha256sum --check` reads it) and checked whenever the file is used. Throws UserError; without a network
 * it says where to get the file, where to put it, and what else there is.
 */
export async function fetchImagenetWeights(options: FetchWeightsOptions): Promise<string> {
  const { backbone = 'mobilenet_v2', alpha, imageSize, cacheDir, onProgress, timeoutMs, sleep } = options;
  const imagenet = imagenetWeightsOf(backbone);
  if (imagenet.alphas?.includes(alpha) === false) {
    throw new UserError(
      `Keras publishes no ImageNet weights of ${backboneOf({ backbone }).title} with alpha ${alpha}. Allowed: ${imagenet.alphas.join(', ')}.`,
    );
  }
  const fileName = imagenet.file(alpha, imageSize);
  const found = await findImagenetWeights({ fileName, cacheDir });
  if (found !== null) {
    const problem = await contentProblem(found);
    if (problem !== null)
      throw new UserError(`${problem} Delete it, then fetch it again.`, { kind: 'damaged' });
    return found;
  }
  const address = options.mirror ?? (process.env[mirrorVariable] || imagenet.address);
  const url = `${address.replace(/\/+$/, '')}/${fileName}`;
  const target = cachedFile(cacheDir, fileName);
  const md5 = imagenet.md5?.[fileName];
  try {
    await rm(`${target}.sha256`, { force: true });
    await download({ url, target, md5, check: contentProblem, onProgress, timeoutMs, sleep });
  } catch (error) {
    if (error instanceof DownloadError)
      throw new UserError(advice(error.message, target, imagenet.address), {
        kind: 'unavailable',
        remedy: { do: 'choose', what: 'mirror of weights' },
        cause: error,
      });
    throw error;
  }
  await writeFileAtomic(`${target}.sha256`, `${await sha256File(target)}  ${fileName}\n`);
  return target;
}

function cachedFile(cacheDir: string, fileName: string): string {
  return join(cacheDir, 'weights', fileName);
}

function kerasModels(): string {
  return join(process.env.KERAS_HOME || join(homedir(), '.keras'), 'models');
}

async function checkRecord(file: string): Promise<void> {
  const record = await readFile(`${file}.sha256`, 'utf8').catch(() => null);
  const recorded = record?.split(' ')[0];
  if (recorded === undefined) return;
  const found = await sha256File(file);
  if (found === recorded) return;
  throw new UserError(
    `${file} changed since it was downloaded: its SHA-256 is ${found}, and ${file}.sha256 records ${recorded}. Delete both, then fetch the file again.`,
    { kind: 'damaged' },
  );
}

async function contentProblem(file: string): Promise<string | null> {
  try {
    await readKerasHdf5(file);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function advice(reason: string, target: string, address: string): string {
  const fileName = basename(target);
  return [
    `The ImageNet weights ${fileName} are not on this machine. ${reason}`,
    'What to do, one of:',
    `- get ${address}/${fileName} by hand (on another machine, say) and put it at ${resolve(target)} or into ${kerasModels()};`,
    '- write `weights: bundled` under `model:` in the experiment file (mobilenet_v2 with alpha 1.0, installed by npm, weaker features);',
    '- write the path of any weights file of Keras (.h5) or TensorFlow.js (model.json) after `weights:`. A file fits every image size;',
    `- name an address that has the file, in the environment variable ${mirrorVariable}`,
  ].join('\n');
}
