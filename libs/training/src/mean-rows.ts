/** Means of rows of probabilities that come one by one, by the name of their image. */
export class MeanRows {
  readonly #sums = new Map<string, { readonly values: Float64Array; rows: number }>();

  add(name: string, row: Float32Array): void {
    const sum = this.#sums.get(name);
    if (!sum) {
      this.#sums.set(name, { values: Float64Array.from(row), rows: 1 });
      return;
    }
    row.forEach((value, i) => (sum.values[i]! += value));
    sum.rows++;
  }

  has(name: string): boolean {
    return this.#sums.has(name);
  }

  /** A RangeError for an image without rows. */
  mean(name: string): Float32Array {
    const sum = this.#sums.get(name);
    if (!sum) throw new RangeError(`no row of ${name}`);
    return Float32Array.from(sum.values, (value) => value / sum.rows);
  }
}
