import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  download,
  DownloadError,
  type DownloadOptions,
  unzip,
  UserError,
  writeFolderAtomic,
  zipProblem,
} from '@thaw/base';

/** Kaggle's own address of the set's archive; a public set needs no account, but Kaggle may ask for one. */
const kaggleAddress = 'https://www.kaggle.com/api/v1/datasets/download/paultimothymooney/blood-cells';
const kagglePage = 'https://www.kaggle.com/datasets/paultimothymooney/blood-cells';

/** Names another address of the archive. */
const mirrorVariable = 'THAW_DATA_MIRROR';

const classes = ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'];

export interface FetchDataOptions extends Pick<DownloadOptions, 'timeoutMs' | 'sleep'> {
  /** The folder to make, with TRAIN/<class>/*, TEST/<class>/* and TEST_SIMPLE/<class>/*. */
  readonly target: string;
  /** The cache of the runs folder; the archive waits in its folder `downloads` until it is unpacked. */
  readonly cacheDir: string;
  /** Address of the archive. Default: THAW_DATA_MIRROR, or else Kaggle's own. */
  readonly mirror?: string | undefined;
  readonly onProgress?: (phase: 'download' | 'unpack', doneBytes: number, totalBytes: number | null) => void;
}

export interface FetchedData {
  /** Images by part: TRAIN 9,957, TEST 2,487 and TEST_SIMPLE 71 in the published set. */
  readonly images: Readonly<Record<string, number>>;
  /** False if the set stood there before. */
  readonly fetched: boolean;
}

/**
 * Downloads the Kaggle set "Blood Cell Images" and unpacks its augmented images (`dataset2-master/.../images`) into
 * `target`, whole or not at all; a set that stands there already is left as it is. Kaggle publishes no hash: checked are the
 * length and the MD5 that the server announces, the archive's table of contents, the CRC-32 of every image, and that TRAIN
 * and TEST have images of all four classes. KAGGLE_USERNAME and KAGGLE_KEY are sent to Kaggle, and to Kaggle only. Throws
 * UserError; without a network it says how to get the archive by hand and where to put it.
 */
export async function fetchBloodCells(options: FetchDataOptions): Promise<FetchedData> {
  const { target } = options;
  if (await isOccupied(target)) return { images: await imagesOfStanding(target), fetched: false };
  const archive = join(options.cacheDir, 'downloads', 'blood-cells.zip');
  await downloadArchive(archive, options);
  let images: Record<string, number> = {};
  const fetched = await writeFolderAtomic(target, async (temporary) => {
    images = await unpack(archive, temporary, options);
  });
  await rm(archive, { force: true });
  return { images, fetched };
}

async function unpack(
  archive: string,
  folder: string,
  { onProgress }: FetchDataOptions,
): Promise<Record<string, number>> {
  try {
    await unzip(archive, folder, {
      select: imagePath,
      onProgress: (done, total) => onProgress?.('unpack', done, total),
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message} If the archive is at fault, delete it and fetch it again.`, {
      kind: 'damaged',
      cause: error,
    });
  }
  const { images, missing } = await countImages(folder);
  if (missing.length === 0) return images;
  throw new UserError(
    `${archive} does not hold the blood cell set: under dataset2-master/dataset2-master/images it has no .jpeg in ${missing.join(', ')}. Delete it, then fetch it again or put the right one there.`,
    { kind: 'damaged' },
  );
}

/** Where an entry of the archive goes in the target folder; null for all that is not an image of the set. */
function imagePath(name: string): string | null {
  return /^(?:dataset2-master\/){1,2}images\/(.+\.jpeg)$/.exec(name)?.[1] ?? null;
}

async function downloadArchive(archive: string, options: FetchDataOptions): Promise<void> {
  const mirror = options.mirror ?? (process.env[mirrorVariable] || null);
  try {
    await download({
      url: mirror ?? kaggleAddress,
      target: archive,
      headers: mirror === null ? kaggleCredentials() : {},
      check: zipProblem,
      onProgress: (done, total) => options.onProgress?.('download', done, total),
      timeoutMs: options.timeoutMs,
      sleep: options.sleep,
    });
  } catch (error) {
    if (error instanceof DownloadError)
      throw new UserError(advice(error.message, archive), {
        kind: 'unavailable',
        remedy: { do: 'choose', what: 'mirror of data' },
        cause: error,
      });
    throw error;
  }
}

function kaggleCredentials(): Record<string, string> {
  const { KAGGLE_USERNAME: user, KAGGLE_KEY: key } = process.env;
  if (!user || !key) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}` };
}

async function isOccupied(target: string): Promise<boolean> {
  if (!existsSync(target)) return false;
  const names = await readdir(target).catch(() => {
    throw new UserError(`Cannot write ${target}: a file of this name is in the way.`, { kind: 'conflict' });
  });
  if (names.length > 0) return true;
  await rmdir(target); // so that the finished folder can take its place on every system
  return false;
}

async function imagesOfStanding(target: string): Promise<Record<string, number>> {
  const { images, missing } = await countImages(target);
  if (missing.length === 0) return images;
  throw new UserError(
    `${target} is there already and is not the blood cell set: it has no .jpeg in ${missing.join(', ')}. Remove that folder, or choose another.`,
    { kind: 'conflict', remedy: { do: 'choose', what: 'target of data' } },
  );
}

/** Images in each part of the set, and the classes that TRAIN or TEST has none of. */
async function countImages(
  folder: string,
): Promise<{ images: Record<string, number>; missing: readonly string[] }> {
  const images: Record<string, number> = {};
  const missing: string[] = [];
  for (const part of ['TRAIN', 'TEST', 'TEST_SIMPLE']) {
    let count = 0;
    for (const name of classes) {
      const files = await readdir(join(folder, part, name)).catch(() => []);
      const found = files.filter((file) => file.endsWith('.jpeg')).length;
      if (found === 0 && part !== 'TEST_SIMPLE') missing.push(`${part}/${name}`);
      count += found;
    }
    images[part] = count;
  }
  return { images, missing };
}

function advice(reason: string, archive: string): string {
  return [
    `The blood cell set could not be fetched. ${reason}`,
    'What to do, one of:',
    `- download the archive from ${kagglePage} in a browser (on another machine, say), put it at ${resolve(archive)} and run the command again;`,
    '- if Kaggle asks you to sign in: set KAGGLE_USERNAME and KAGGLE_KEY (kaggle.com, Settings, API, Create New Token);',
    '- work with the embedded set: write `source: synthetic-smear` under `dataset:` in the experiment file;',
    `- name an address that has the archive, in the environment variable ${mirrorVariable}`,
  ].join('\n');
}
