/** Reads a row into `target` from `offset` (in values). */
type ReadRow = (key: string, target: Float32Array, offset: number) => void;

/**
 * Rows of equally many values in one piece of memory, each put there when it is first asked for, behind those before it: rows that are
 * asked for again in the same order need no copy. Those for which there is no room are read each time.
 */
export class RowBlock {
  readonly #length: number;
  readonly #read: ReadRow;
  readonly #values: Float32Array;
  readonly #places = new Map<string, number>();

  /** Of `length` values a row; room for so many rows. */
  constructor(length: number, rows: number, read: ReadRow) {
    this.#length = length;
    this.#read = read;
    this.#values = new Float32Array(length * rows);
  }

  /**
   * The rows of these keys, one behind the other; not to be written to. They are a part of this memory where they lie in it so, and
   * otherwise are copied, to `into` where it is given, which has just their size. Throws what reading throws.
   */
  rows(keys: readonly string[], into?: Float32Array): Float32Array {
    const length = this.#length;
    const places = keys.map((key) => this.#placeOf(key));
    const first = places[0] ?? null;
    if (first !== null && places.every((place, i) => place === first + i * length)) {
      return this.#values.subarray(first, first + keys.length * length);
    }
    const rows = into ?? new Float32Array(keys.length * length);
    for (const [i, place] of places.entries()) {
      if (place === null) this.#read(keys[i]!, rows, i * length);
      else rows.set(this.#values.subarray(place, place + length), i * length);
    }
    return rows;
  }

  /** Where a row begins; null where there is no room for it. */
  #placeOf(key: string): number | null {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size * this.#length;
    if (place === this.#values.length) return null;
    this.#read(key, this.#values, place);
    this.#places.set(key, place);
    return place;
  }
}
