import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';

interface Location {
  readonly file: number;
  readonly position: number;
}

interface SegmentHeader {
  readonly keys: readonly string[];
  readonly length: number;
}

const extension = '.rows';
/** A segment begins with the header's length in bytes (uint32, little-endian), then the header as JSON, then the rows. */
const prefixBytes = 4;

/**
 * Rows of equally many float32 values on disk, by key. A row never changes: its key and the folder's name say all that it
 * was made from. Rows are appended as segments, files written whole under names of their own, so that any number of
 * processes may write at once; a row that two of them made is read from either.
 */
export class RowCache {
  readonly length: number;
  readonly #folder: string;
  readonly #locations = new Map<string, Location>();
  readonly #files: number[] = [];

  private constructor(folder: string, length: number) {
    this.#folder = folder;
    this.length = length;
  }

  /** Opens a folder of rows of `length` values, made if need be. A segment that is damaged or of another length is passed over. */
  static async open(folder: string, length: number): Promise<RowCache> {
    await mkdir(folder, { recursive: true });
    const cache = new RowCache(folder, length);
    const segments = (await readdir(folder)).filter((name) => name.endsWith(extension)).sort();
    for (const name of segments) await cache.#index(join(folder, name));
    return cache;
  }

  has(key: string): boolean {
    return this.#locations.has(key);
  }

  /** Stores rows, `keys.length * length` values. */
  async add(keys: readonly string[], rows: Float32Array): Promise<void> {
    const header = Buffer.from(JSON.stringify({ keys, length: this.length } satisfies SegmentHeader));
    const prefix = Buffer.alloc(prefixBytes);
    prefix.writeUInt32LE(header.length);
    const data = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
    const path = join(this.#folder, `${randomUUID()}${extension}`);
    await writeFileAtomic(path, Buffer.concat([prefix, header, data]));
    await this.#index(path);
  }

  /** Reads a row into `target` from `offset` (in values). Throws RangeError for a key that is not here. */
  read(key: string, target: Float32Array, offset: number): void {
    const location = this.#locations.get(key);
    if (!location) throw new RangeError(`no row ${key}`);
    const bytes = new Uint8Array(target.buffer, target.byteOffset + offset * 4, this.length * 4);
    readSync(location.file, bytes, 0, bytes.length, location.position);
  }

  close(): void {
    for (const file of this.#files) closeSync(file);
    this.#files.length = 0;
    this.#locations.clear();
  }

  async #index(path: string): Promise<void> {
    const header = await readHeader(path);
    if (!header || header.content.length !== this.length) return;
    const file = openSync(path, 'r');
    this.#files.push(file);
    header.content.keys.forEach((key, i) => {
      this.#locations.set(key, { file, position: header.end + i * this.length * 4 });
    });
  }
}

/** The header of a segment and where it ends; null when the file is not a whole segment. */
async function readHeader(path: string): Promise<{ content: SegmentHeader; end: number } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const prefix = Buffer.alloc(prefixBytes);
    await file.read(prefix, 0, prefixBytes, 0);
    const end = prefixBytes + prefix.readUInt32LE();
    if (end > size) return null;
    const text = Buffer.alloc(end - prefixBytes);
    await file.read(text, 0, text.length, prefixBytes);
    const content: unknown = JSON.parse(text.toString());
    if (!isHeader(content)) return null;
    return end + content.keys.length * content.length * 4 === size ? { content, end } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  } finally {
    await file.close();
  }
}

function isHeader(content: unknown): content is SegmentHeader {
  return typeof content === 'object' && content !== null && 'keys' in content && Array.isArray(content.keys);
}
