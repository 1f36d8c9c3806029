import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import { decoderVersion } from '../images/decode.ts';
import { recordLengthAt, type ImageStore } from './image-store.ts';

/** Raise this whenever the same image would be described otherwise. */
const descriptionVersion = 20;
const signature = () => `thaw descriptions ${descriptionVersion}, ${decoderVersion()}`;
const hashBytes = 32;
/** The signature, 64 digits, and the end of each line. */
const headLength = () => signature().length + 1 + 64 + 1;

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
      for (let at = 0; at < content.length; at += recordLengthAt(content, at)) {
        const hash = content.toString('hex', at, (at += hashBytes));
        const image = places.get(hash);
        if (image === undefined) continue;
        store.write(image, content, at);
        places.delete(hash);
      }
    }
    return [...places.values()];
  }

  /** Keeps the descriptions of some images. */
  async save(store: ImageStore, hashes: readonly string[], images: readonly number[]): Promise<void> {
    if (images.length === 0) return;
    const file = Buffer.concat([
      Buffer.alloc(headLength()),
      ...images.flatMap((image) => [Buffer.from(hashes[image]!, 'hex'), ...store.parts(image)]),
    ]);
    const digest = sha256(file.subarray(headLength()));
    file.write(`${signature()}\n${digest}\n`);
    await writeFileAtomic(join(this.#folder, `${digest.slice(0, 32)}.bin`), file);
  }
}

/** What follows the head of a file, or null where it is not what this version wrote. */
function contentOf(file: Buffer): Buffer | null {
  const content = file.subarray(headLength());
  return file.toString('utf8', 0, headLength()) === `${signature()}\n${sha256(content)}\n` ? content : null;
}
