import { readFileSync } from 'node:fs';
import { Low } from 'lowdb';
import type { Adapter } from 'lowdb';
import { writeFileAtomic } from '@thaw/base';

/**
 * lowdb's JSON file, but written with `writeFileAtomic`: lowdb's own adapter does not flush to disk before it renames, and
 * its temporary name is the same for every process.
 */
export class AtomicJSONFile<T> implements Adapter<T> {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<T> {
    // At once: of thousands of small files, waiting for each takes several times as long as reading it.
    return Promise.resolve(JSON.parse(readFileSync(this.#path, 'utf8')) as T);
  }

  async write(data: T): Promise<void> {
    await writeFileAtomic(this.#path, recordText(data));
  }
}

/** A record as its file holds it. */
export function recordText(data: unknown): string {
  return JSON.stringify(data, null, 2) + '\n';
}

/** A record and its file, in the one process that owns it. */
export class RecordFile<T> {
  readonly #low: Low<T>;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, data: T) {
    this.#low = new Low(new AtomicJSONFile<T>(path), data);
  }

  get data(): T {
    return this.#low.data;
  }

  /** Merges a patch and writes the file. Writes follow one another, so an older state never replaces a newer one. */
  update(patch: Partial<T>): Promise<void> {
    this.#low.data = { ...this.#low.data, ...patch };
    const written = this.#writing.then(() => this.#low.write());
    this.#writing = written.catch(() => undefined);
    return written;
  }
}
