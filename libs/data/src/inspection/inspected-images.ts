import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import { decoderVersion } from '../images/decode.ts';

/**
 * Remembers by content which images decoded completely, so that a second run only hashes them. Every call of `remember`
 * writes one new file named by its content: no process ever writes a file of another's. What another version of the
 * decoder found does not count.
 */
export class InspectedImages {
  readonly #folder: string;
  readonly #known = new Set<string>();

  constructor(cacheDir: string) {
    this.#folder = join(cacheDir, 'inspected');
  }

  has(sha256: string): boolean {
    return this.#known.has(sha256);
  }

  /** Reads what earlier runs wrote; a file that does not parse is passed over, its images are just decoded again. */
  async load(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((name) => name.endsWith('.json'))) {
      const record = await readFile(join(this.#folder, name), 'utf8').then(parseRecord, () => null);
      if (record?.decoder === decoderVersion) record.images.forEach((image) => this.#known.add(image));
    }
  }

  /** Keeps the sha256 of images that decoded. */
  async remember(images: readonly string[]): Promise<void> {
    if (images.length === 0) return;
    const text = JSON.stringify({ decoder: decoderVersion, images });
    await writeFileAtomic(join(this.#folder, `${sha256(text).slice(0, 32)}.json`), text);
    images.forEach((image) => this.#known.add(image));
  }
}

function parseRecord(text: string): { decoder: string; images: string[] } | null {
  try {
    const record = JSON.parse(text) as { decoder: string; images: string[] };
    return Array.isArray(record.images) ? record : null;
  } catch {
    return null;
  }
}
