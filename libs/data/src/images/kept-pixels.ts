import { join } from 'node:path';
import { byteRows, cacheLimit, evictRows, pixelShare, RowCache, sha256 } from '@thaw/base';
import { decoderVersion } from './decode.ts';
import { resizeImage } from './resize/resize-image.ts';
import type { Resizing } from './resizing.ts';
import type { RgbImage } from './rgb-image.ts';

/** Images that are written at once. */
const imagesPerSegment = 64;
/** Bytes that an image takes beside its pixels, at most: its key in a segment's header and its part of the rest. */
const keyBytes = 128;

/**
 * Pixels of images that were decoded to be checked, resized and kept by the images' contents, so that whoever trains on them need
 * not decode them again. Images of more than eight bits are not kept: what becomes of them depends on the whole data set. Pixels take
 * a share of the cache's limit (THAW_CACHE_LIMIT); those of sizes not used for longest go first, and where there is no room,
 * none are kept.
 */
export class KeptPixels {
  readonly #rows: RowCache<Uint8Array>;
  readonly #root: string;
  #room: number;
  readonly #resizing: Resizing;
  /** The images of the next segment, and their pixels. */
  #keys: string[] = [];
  #segment: Uint8Array | null = null;
  /** Memory of segments that are written, for further ones. */
  readonly #spare: Uint8Array[] = [];
  #written: Promise<void> = Promise.resolve();

  private constructor(rows: RowCache<Uint8Array>, root: string, resizing: Resizing) {
    this.#resizing = resizing;
    this.#rows = rows;
    this.#root = root;
    this.#room = Math.floor((cacheLimit() * pixelShare) / (rows.length + keyBytes)) - rows.size;
  }

  /** Null where no pixels may be kept. */
  static async open(cacheDir: string, resizing: Resizing): Promise<KeptPixels | null> {
    if (cacheLimit() === 0) return null;
    const { size, interpolation, resize = 'stretch' } = resizing;
    const fit = resize === 'stretch' ? [] : [resize];
    const root = join(cacheDir, 'pixels');
    const name = sha256(JSON.stringify([decoderVersion(), size, interpolation, ...fit]));
    // What the operating system keeps of files in memory is enough.
    const rows = await RowCache.open(join(root, name), size * size * 3, byteRows, { memoryBytes: 0 });
    return new KeptPixels(rows, root, resizing);
  }

  /** The pixels of an image; null where they are not kept. */
  read(sha256: string): Uint8Array | null {
    if (!this.#rows.has(sha256)) return null;
    const { buffer, byteOffset } = this.#rows.readPacked(sha256);
    return new Uint8Array(buffer, byteOffset, this.#rows.length);
  }

  /** Resizes an image and keeps it, where there is room for it. */
  async keep(sha256: string, image: RgbImage): Promise<void> {
    if (this.#room <= 0 || this.#rows.has(sha256)) return;
    this.#room--;
    const { size } = this.#resizing;
    const start = this.#keys.length * this.#rows.length;
    this.#segment ??= this.#spare.pop() ?? new Uint8Array(imagesPerSegment * this.#rows.length);
    const place = this.#segment.subarray(start, start + this.#rows.length);
    resizeImage(image, { width: size, height: size }, this.#resizing, place);
    this.#keys.push(sha256);
    if (this.#keys.length === imagesPerSegment) this.#write();
    await this.#written;
  }

  /** Writes what is still to be written and lets go of files. */
  async close(): Promise<void> {
    if (this.#keys.length > 0) this.#write();
    await this.#written;
    this.#rows.close();
    await evictRows(this.#root, cacheLimit() * pixelShare);
  }

  #write(): void {
    const [keys, segment] = [this.#keys, this.#segment!];
    [this.#keys, this.#segment] = [[], null];
    const pixels = segment.subarray(0, keys.length * this.#rows.length);
    this.#written = this.#written
      .then(() => this.#rows.add(keys, byteRows.pack(pixels, this.#rows.length)))
      .then(
        () => void this.#spare.push(segment),
        () => {
          // A full disk costs nothing but decoding again.
          this.#room = 0;
        },
      );
  }
}
