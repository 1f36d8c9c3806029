import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, writeFileAtomic } from '@thaw/base';
import { decoderVersion } from '../images/decode.ts';
import type { ImageLook } from './image-look.ts';

/** A file of this: images are sha256 (hex), and of those whose look is worth a word, the look. */
interface InspectionRecord {
  readonly decoder: string;
  readonly images: readonly string[];
  readonly looks: Readonly<Record<string, ImageLook>>;
}

/**
 * Remembers by content which images decoded completely and what is to be said of them, so that a second run only hashes them.
 * Every call of `remember` writes one new file named by its content: no process ever writes a file of another's. What another
 * version of the decoder found does not count.
 */
export class InspectedImages {
  readonly #folder: string;
  readonly #known = new Map<string, ImageLook>();

  constructor(cacheDir: string) {
    this.#folder = join(cacheDir, 'inspected');
  }

  has(sha256: string): boolean {
    return this.#known.has(sha256);
  }

  lookOf(sha256: string): ImageLook {
    return this.#known.get(sha256) ?? null;
  }

  /** Reads what earlier runs wrote; a file that does not parse is passed over, its images are just decoded again. */
  async load(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((name) => name.endsWith('.json'))) {
      const record = await readFile(join(this.#folder, name), 'utf8').then(parseRecord, () => null);
      if (record?.decoder !== decoderVersion()) continue;
      for (const image of record.images) this.#known.set(image, record.looks[image] ?? null);
    }
  }

  /** Keeps the sha256 of images that decoded, and their looks. */
  async remember(decoded: ReadonlyMap<string, ImageLook>): Promise<void> {
    if (decoded.size === 0) return;
    const images = [...decoded.keys()].sort();
    const looks = Object.fromEntries(
      images.map((image) => [image, decoded.get(image)!]).filter(([, look]) => look),
    );
    const record: InspectionRecord = { decoder: decoderVersion(), images, looks };
    const text = JSON.stringify(record);
    await writeFileAtomic(join(this.#folder, `${sha256(text).slice(0, 32)}.json`), text);
    for (const [image, look] of decoded) this.#known.set(image, look);
  }
}

function parseRecord(text: string): InspectionRecord | null {
  try {
    const record = JSON.parse(text) as InspectionRecord;
    return Array.isArray(record.images) && typeof record.looks === 'object' ? record : null;
  } catch {
    return null;
  }
}
