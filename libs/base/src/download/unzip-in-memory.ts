import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { UserError } from '../user-error.ts';

/** What archives of numbers have at most, unpacked, in bytes. */
const mostBytes = 2 * 1024 ** 3;

/** The files of a small zip archive, by name. A UserError for what is no archive, is encrypted or is larger than 2 GiB unpacked. */
export async function unzipInMemory(bytes: Buffer, file: string): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > mostBytes) throw new Error(`unpacked it has more than ${mostBytes} bytes`);
      if (entry.fileName.endsWith('/')) continue;
      contents.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    }
  } catch (error) {
    throw new UserError(`${file}: found a damaged archive: ${(error as Error).message}`, {
      kind: 'damaged',
      cause: error,
    });
  }
  return contents;
}
