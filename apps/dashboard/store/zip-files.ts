import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/**
 * Files of a folder in a ZIP archive, below `inside`. Weights hardly compress, so nothing is compressed. One file is open at a time, and
 * none once the stream is closed; it fails where a file cannot be read.
 */
export async function zipFiles(folder: string, names: readonly string[], inside: string): Promise<Readable> {
  const files = await Promise.all(
    names.map(async (name) => ({ name, path: join(folder, name), ...(await stat(join(folder, name))) })),
  );
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  let reading: ReadStream | null = null;
  output.on('close', () => reading?.destroy());
  archive.on('error', (error: Error) => output.destroy(error));
  for (const { name, path, size, mtime, mode } of files) {
    archive.addReadStreamLazy(`${inside}/${name}`, { size, mtime, mode, compress: false }, (give) => {
      if (output.destroyed) return;
      reading = createReadStream(path);
      reading.on('error', (error) => output.destroy(error));
      give(null, reading);
    });
  }
  archive.end();
  return output;
}
