import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { makeFolder } from '../files/make-folder.ts';
import { UserError } from '../user-error.ts';
import { diskProblem } from './disk-problem.ts';
import { entryProblem, nameCollision } from './zip-entry-problem.ts';

export interface UnzipOptions {
  /** The path inside the target folder ('/' between its parts) that an entry is written to; null: it is passed over. */
  select?: (name: string) => string | null;
  /** Most entries an archive may have. Default 100,000. */
  maxEntries?: number;
  /** Most bytes the selected entries may have together, unpacked. Default 4 GiB. */
  maxBytes?: number;
  onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/**
 * Unpacks a zip archive into an empty folder, trusting nothing in it: before the first byte is written, every entry's name
 * is checked (no absolute paths, drive letters, `..`, backslashes or control characters), and no entry may be a link, a
 * device or encrypted, and no two may share a path, upper and lower case being the same; limits on the number of entries
 * and their unpacked size stop archives that explode; the announced size and CRC-32 of each file are checked as it is
 * written. Returns the number of files written. Throws UserError; files written until then stay, so unpack into a temporary
 * folder (`writeFolderAtomic`).
 */
export async function unzip(
  zipFile: string,
  targetFolder: string,
  options: UnzipOptions = {},
): Promise<number> {
  const zip = await openZip(zipFile);
  try {
    const files = await selectedFiles(zip, options);
    const total = files.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    const { maxBytes = 4 * 1024 ** 3 } = options;
    if (total > maxBytes)
      throw new Error(`unpacked it would have ${total} bytes, and at most ${maxBytes} are allowed`);
    let done = 0;
    options.onProgress?.(0, total);
    for (const { entry, path } of files) {
      await extract(zip, entry, join(targetFolder, path));
      done += entry.uncompressedSize;
      options.onProgress?.(done, total);
    }
    return files.length;
  } catch (error) {
    throw (
      diskProblem(error, targetFolder) ??
      new UserError(`${zipFile} was not unpacked: ${messageOf(error)}.`, { kind: 'damaged', cause: error })
    );
  } finally {
    zip.close();
  }
}

/** What is wrong with a file that should be a zip archive with its table of contents at the end, or null. */
export async function zipProblem(zipFile: string): Promise<string | null> {
  try {
    (await openPromise(zipFile)).close();
    return null;
  } catch (error) {
    return `not a zip archive, or not a whole one (${messageOf(error)})`;
  }
}

async function openZip(zipFile: string): Promise<ZipFile> {
  try {
    return await openPromise(zipFile, { autoClose: false, strictFileNames: true });
  } catch (error) {
    throw new UserError(`${zipFile} cannot be opened as a zip archive: ${messageOf(error)}.`, {
      kind: 'damaged',
      cause: error,
    });
  }
}

async function selectedFiles(
  zip: ZipFile,
  { select = (name) => name, maxEntries = 100_000 }: UnzipOptions,
): Promise<{ entry: Entry; path: string }[]> {
  const files: { entry: Entry; path: string }[] = [];
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    if (++entries > maxEntries) throw new Error(`it has more than ${maxEntries} entries`);
    const problem = entryProblem(entry);
    if (problem !== null) throw new Error(`entry ${JSON.stringify(entry.fileName)} ${problem}`);
    if (entry.fileName.endsWith('/')) continue; // folders are made as their files need them
    const path = select(entry.fileName);
    if (path !== null) files.push({ entry, path });
  }
  const collision = nameCollision(files.map(({ path }) => path));
  if (collision !== null) throw new Error(collision);
  return files;
}

async function extract(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  await makeFolder(dirname(path));
  // 'wx': whatever stands there, a link included, is never written through.
  await pipeline(
    await zip.openReadStreamPromise(entry),
    async function* (chunks: AsyncIterable<Buffer>) {
      let crc = 0;
      for await (const chunk of chunks) {
        crc = crc32(chunk, crc);
        yield chunk;
      }
      if (crc !== entry.crc32)
        throw new Error(`entry ${JSON.stringify(entry.fileName)} is damaged (CRC-32 differs)`);
    },
    createWriteStream(path, { flags: 'wx' }),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
