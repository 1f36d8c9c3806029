import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock, type FileLockOptions } from '../download/file-lock.ts';
import { ifGone } from '../files/if-gone.ts';
import { makeFolder } from '../files/make-folder.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { lockName } from './evict-rows.ts';
import type { RowPacking } from './packed-rows.ts';

interface Segment {
  readonly file: number;
  /** Where its rows begin, and how many bytes they are. */
  readonly position: number;
  readonly bytes: number;
  /** All its rows, once one was read and while there is room for them. */
  rows: Uint16Array | null;
}

interface Location {
  readonly segment: Segment;
  readonly row: number;
}

interface SegmentHeader {
  readonly keys: readonly string[];
  readonly length: number;
  /** Names how values are packed. */
  readonly type: string;
}

const extension = '.rows';
/** A segment begins with the header's length in bytes (uint32, little-endian), then the header as JSON, then the rows. */
const prefixBytes = 4;
/** Rows held in memory by one cache, unless it is told otherwise; further ones are read from disk each time. */
const usualMemory = 400 * 2 ** 20;

/**
 * Rows of equally many values on disk, by key. A row never changes: its key and the folder's name say all
 * that it was made from. Rows are appended as segments, files written whole under names of their own, so that any number of
 * processes may write at once; a row that two of them made is read from either. A folder that is removed meanwhile costs
 * nothing but what is computed again later.
 */
export class RowCache<Values extends Float32Array | Uint8Array> {
  readonly length: number;
  readonly #folder: string;
  readonly #packing: RowPacking<Values>;
  readonly #locations = new Map<string, Location>();
  readonly #segments = new Map<string, Segment | null>();
  #room: number;

  private constructor(folder: string, length: number, packing: RowPacking<Values>, memoryBytes: number) {
    this.#folder = folder;
    this.length = length;
    this.#packing = packing;
    this.#room = memoryBytes;
  }

  /**
   * Opens a folder of rows of `length` values, made if need be; its time of change then tells when it was last used. A
   * segment that is damaged, of another length or packed otherwise is passed over.
   */
  static async open<Values extends Float32Array | Uint8Array>(
    folder: string,
    length: number,
    packing: RowPacking<Values>,
    {
      memoryBytes = usualMemory,
      clock = () => new Date(),
    }: { memoryBytes?: number; clock?: () => Date } = {},
  ): Promise<RowCache<Values>> {
    await makeFolder(folder);
    await utimes(folder, clock(), clock()).catch(() => undefined);
    const cache = new RowCache(folder, length, packing, memoryBytes);
    await cache.refresh();
    return cache;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#locations.size;
  }

  has(key: string): boolean {
    return this.#locations.has(key);
  }

  /** Takes notice of rows that others have stored since. */
  async refresh(): Promise<void> {
    const names = await readdir(this.#folder).catch(ifGone<string[]>([]));
    for (const name of names.sort()) {
      if (name.endsWith(extension) && !this.#segments.has(name)) await this.#index(name, null);
    }
  }

  /** Stores packed rows. */
  async add(keys: readonly string[], rows: Uint16Array): Promise<void> {
    const content: SegmentHeader = { keys, length: this.length, type: this.#packing.name };
    const header = Buffer.from(JSON.stringify(content));
    const prefix = Buffer.alloc(prefixBytes);
    prefix.writeUInt32LE(header.length);
    const data = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
    const name = `${randomUUID()}${extension}`;
    await writeFileAtomic(join(this.#folder, name), [prefix, header, data]);
    await this.#index(name, rows);
  }

  /** Reads a row into `target` from `offset` (in values). Throws RangeError for a key that is not here. */
  read(key: string, target: Values, offset: number): void {
    this.#packing.unpack(this.readPacked(key), this.length, target, offset);
  }

  /** A row as it is kept; not to be written to. Throws RangeError for a key that is not here. */
  readPacked(key: string): Uint16Array {
    const location = this.#locations.get(key);
    if (!location) throw new RangeError(`no row ${key}`);
    const { segment, row } = location;
    const words = this.#packing.words(this.length);
    const all = segment.rows ?? this.#keep(segment, null);
    return all
      ? all.subarray(row * words, (row + 1) * words)
      : readWords(segment.file, segment.position + row * words * 2, words);
  }

  /** Runs `work` in one process at a time; see `withFileLock`. */
  async exclusively<T>(work: () => Promise<T>, options: FileLockOptions): Promise<T> {
    await makeFolder(this.#folder);
    return withFileLock(join(this.#folder, lockName), work, options);
  }

  close(): void {
    for (const segment of this.#segments.values()) if (segment) closeSync(segment.file);
    this.#segments.clear();
    this.#locations.clear();
  }

  /** Holds a segment's rows in memory, read from disk where they are not given; null where there is no room. */
  #keep(segment: Segment, rows: Uint16Array | null): Uint16Array | null {
    if (segment.bytes > this.#room) return null;
    segment.rows = rows ?? readWords(segment.file, segment.position, segment.bytes / 2);
    this.#room -= segment.bytes;
    return segment.rows;
  }

  async #index(name: string, rows: Uint16Array | null): Promise<void> {
    const path = join(this.#folder, name);
    const header = await readHeader(path, this.#packing).catch(ifGone(null));
    if (header?.content.length !== this.length) {
      this.#segments.set(name, null);
      return;
    }
    const { end, content } = header;
    const bytes = content.keys.length * this.#packing.words(this.length) * 2;
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      return ifGone<undefined>(undefined)(error);
    }
    const segment: Segment = { file, position: end, bytes, rows: null };
    this.#segments.set(name, segment);
    if (rows) this.#keep(segment, rows);
    content.keys.forEach((key, row) => this.#locations.set(key, { segment, row }));
  }
}

function readWords(file: number, position: number, length: number): Uint16Array {
  const rows = new Uint16Array(length);
  const bytes = new Uint8Array(rows.buffer);
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('a cached segment has become shorter');
    done += read;
  }
  return rows;
}

/** The header of a segment and where it ends; null when the file is not a whole segment of this packing. */
async function readHeader(
  path: string,
  packing: Pick<RowPacking<Float32Array>, 'name' | 'words'>,
): Promise<{ content: SegmentHeader; end: number } | null> {
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
    if (!isHeader(content) || content.type !== packing.name) return null;
    return end + content.keys.length * packing.words(content.length) * 2 === size ? { content, end } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  } finally {
    await file.close();
  }
}

function isHeader(content: unknown): content is SegmentHeader {
  return (
    typeof content === 'object' &&
    content !== null &&
    'keys' in content &&
    Array.isArray(content.keys) &&
    'type' in content
  );
}
