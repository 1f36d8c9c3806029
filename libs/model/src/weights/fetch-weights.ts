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
import { backbones } from '../backbones.ts';
import { readKerasHdf5 } from './keras-hdf5.ts';

/** Keras's own address of the files (keras/src/applications/mobilenet_v2.py, BASE_WEIGHT_PATH). */
const kerasAddress = 'https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2';

/** Names another address that has the same files. */
const mirrorVariable = 'THAW_WEIGHTS_MIRROR';

export interface FetchWeightsOptions extends Pick<DownloadOptions, 'onProgress' | 'timeoutMs' | 'sleep'> {
  readonly alpha: number;
  /** Side of the square input. Keras publishes 96, 128, 160, 192 and 224; every other size takes the file of 224. */
  readonly imageSize: number;
  /** The cache of the runs folder; the file goes to its folder `weights`. */
  readonly cacheDir: string;
  /** Base address, to which `/<file name>` is added. Default: THAW_WEIGHTS_MIRROR, or else Keras's own. */
  readonly mirror?: string | undefined;
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
 * Downloads the ImageNet weights of MobileNetV2 without its classifier into `<cacheDir>/weights` and returns the file's
 * path; takes the file that is on this machine if there is one.
 *
 * Keras publishes no hash of these files. Checked are the length and the MD5 that the server announces (Keras's address
 * does announce one), and that the file is a whole HDF5 file whose Keras weights can all be read; its SHA-256 is recorded in
 * `<file>.sha256` (`sha256sum --check` reads it) and checked whenever the file is used. Throws UserError; without a network
 * it says where to get the file, where to put it, and what else there is.
 */
export async function fetchImagenetWeights(options: FetchWeightsOptions): Promise<string> {
  const { alpha, imageSize, cacheDir, onProgress, timeoutMs, sleep } = options;
  const { imagenetAlphas, weightsFile } = backbones.mobilenet_v2;
  if (!imagenetAlphas.includes(alpha)) {
    throw new UserError(
      `Keras publishes no ImageNet weights of MobileNetV2 with alpha ${alpha}. Allowed: ${imagenetAlphas.join(', ')}.`,
    );
  }
  const fileName = weightsFile(alpha, imageSize);
  const found = await findImagenetWeights({ fileName, cacheDir });
  if (found !== null) {
    const problem = await contentProblem(found);
    if (problem !== null)
      throw new UserError(`${problem} Delete it, then fetch it again.`, { kind: 'damaged' });
    return found;
  }
  const address = options.mirror ?? (process.env[mirrorVariable] || kerasAddress);
  const url = `${address.replace(/\/+$/, '')}/${fileName}`;
  const target = cachedFile(cacheDir, fileName);
  try {
    await rm(`${target}.sha256`, { force: true });
    await download({ url, target, check: contentProblem, onProgress, timeoutMs, sleep });
  } catch (error) {
    if (error instanceof DownloadError)
      throw new UserError(advice(error.message, target), {
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

function advice(reason: string, target: string): string {
  const fileName = basename(target);
  return [
    `The ImageNet weights ${fileName} are not on this machine. ${reason}`,
    'What to do, one of:',
    `- get ${kerasAddress}/${fileName} by hand (on another machine, say) and put it at ${resolve(target)} or into ${kerasModels()};`,
    '- write `weights: bundled` under `model:` in the experiment file (alpha 1.0, installed by npm, weaker features);',
    '- write the path of any weights file of Keras (.h5) or TensorFlow.js (model.json) after `weights:`. The file of size 224 fits every image size;',
    `- name an address that has the file, in the environment variable ${mirrorVariable}`,
  ].join('\n');
}
