import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import { decoderVersion } from '../images/decode.ts';
import { recordLength, type ImageStore } from './image-store.ts';

/** Raise this whenever the same image would be described otherwise. */
const descriptionVersion = 13;
const signature = `thaw descriptions ${descriptionVersion}, ${decoderVersion}`;
const hashBytes = 32;

/**
 * Keeps descriptions by the content of their images. Every call of `save` writes one new file named by its content, so no process
 * writes another's file. A file of another version, or one that is damaged, is passed over.
 *
 * A file is a line of text (the signature and the sha256 of the rest), then for each image its sha256 and its record.
 */
export class DescriptionCache {
  readonly #folder: string;

  constructor(cacheDir: string) {
    this.#folder = join(cacheDir, 'duplicates', 'descriptions');
  }

  /** Fills in what is known of the images (their sha256, in the store's order) and returns the places of the rest. */
  async load(store: ImageStore, hashes: readonly string[]): Promise<number[]> {
    const places = new Map(hashes.map((hash, image) => [hash, image]));
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((name) => name.endsWith('.bin')).sort()) {
      if (places.size === 0) break;
      const content = await readFile(join(this.#folder, name)).then(contentOf, () => null);
      if (!content) continue;
      for (let at = 0; at < content.length; at += hashBytes + recordLength) {
        const hash = content.toString('hex', at, at + hashBytes);
        const image = places.get(hash);
        if (image === undefined) continue;
        store.write(image, content.subarray(at + hashBytes, at + hashBytes + recordLength));
        places.delete(hash);
      }
    }
    return [...places.values()];
  }

  /** Keeps the descriptions of some images. */
  async save(store: ImageStore, hashes: readonly string[], images: readonly number[]): Promise<void> {
    if (images.length === 0) return;
    const content = Buffer.concat(
      images.flatMap((image) => [Buffer.from(hashes[image]!, 'hex'), store.read(image)]),
    );
    const digest = sha256(content);
    const head = Buffer.from(`${signature}\n${digest}\n`);
    await writeFileAtomic(join(this.#folder, `${digest.slice(0, 32)}.bin`), Buffer.concat([head, content]));
  }
}

/** What follows the head of a file, or null where it is not what this version wrote. */
function contentOf(file: Buffer): Buffer | null {
  const head = `${signature}\n`;
  if (file.toString('utf8', 0, head.length) !== head) return null;
  const start = head.length + 64 + 1;
  const content = file.subarray(start);
  if (content.length % (hashBytes + recordLength) !== 0) return null;
  return sha256(content) === file.toString('utf8', head.length, head.length + 64) ? content : null;
}
