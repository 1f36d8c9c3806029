import { open } from 'node:fs/promises';

/**
 * The lines of a file from the byte `start` on, from its beginning where the file is shorter by now, and where the whole ones of
 * them end: a last line that is being written comes again the next time. Null where there is no file.
 */
export async function readLinesFrom(
  path: string,
  start: number,
): Promise<{ text: string; end: number } | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const from = start <= size ? start : 0;
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    const read = buffer.subarray(0, bytesRead);
    return { text: read.toString('utf8'), end: from + read.lastIndexOf(0x0a) + 1 };
  } finally {
    await file.close();
  }
}
