/** Features as one block of memory, a row a sample: `data` has `rows * columns` values. */
export interface FeatureMatrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Copies features, a row a sample, into one block. Throws RangeError for no rows, for rows of different lengths and for values
 * that are not finite.
 */
export function featureMatrix(features: readonly ArrayLike<number>[]): FeatureMatrix {
  const rows = features.length;
  if (rows === 0) throw new RangeError('features need at least one row');
  const columns = features[0]!.length;
  const data = new Float64Array(rows * columns);
  for (const [i, row] of features.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`features[${i}] has ${row.length} values, features[0] has ${columns}`);
    }
    data.set(row, i * columns);
  }
  if (!data.every(Number.isFinite)) throw new RangeError('features must be finite numbers');
  return { data, rows, columns };
}

/** Columns with mean 0 and deviation 1 (of the population, as scikit-learn's StandardScaler); constant columns become 0. */
export function standardize({ data, rows, columns }: FeatureMatrix): FeatureMatrix {
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]! / rows;
  for (let i = 0; i < data.length; i++) variance[i % columns]! += (data[i]! - mean[i % columns]!) ** 2 / rows;
  // A constant column's mean may be a rounding error away from it.
  const isConstant = variance.map((value, j) => Number(Math.sqrt(value) <= 1e-10 * Math.abs(mean[j]!)));
  const scaled = data.map((value, i) => {
    const j = i % columns;
    return isConstant[j] ? 0 : (value - mean[j]!) / Math.sqrt(variance[j]!);
  });
  return { data: scaled, rows, columns };
}

/** Rows of length 1; a row of zeros stays one. */
export function normalizeRows({ data, rows, columns }: FeatureMatrix): FeatureMatrix {
  const scaled = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, j) => (scaled[i * columns + j] = value / length));
  }
  return { data: scaled, rows, columns };
}

export function transpose({ data, rows, columns }: FeatureMatrix): FeatureMatrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j]!;
  }
  return { data: turned, rows: columns, columns: rows };
}

/**
 * The scalar products of all pairs of rows, [rows, rows]. Four rows by two at a time, which keeps the sums in registers: three
 * times as fast as pair by pair.
 */
export function gramMatrix({ data, rows, columns }: FeatureMatrix): Float64Array {
  const gram = new Float64Array(rows * rows);
  const put = (i: number, j: number, value: number) => {
    if (i < rows && j < rows) gram[i * rows + j] = gram[j * rows + i] = value;
  };
  // Beyond the last row the last one is read again, and the product thrown away.
  const start = (i: number) => Math.min(i, rows - 1) * columns;
  for (let i = 0; i < rows; i += 4) {
    const [a, b, c, d] = [start(i), start(i + 1), start(i + 2), start(i + 3)];
    for (let j = 0; j < Math.min(i + 4, rows); j += 2) {
      const [e, f] = [start(j), start(j + 1)];
      let [ae, af, be, bf, ce, cf, de, df] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < columns; k++) {
        const [left, right] = [data[e + k]!, data[f + k]!];
        const [first, second, third, fourth] = [data[a + k]!, data[b + k]!, data[c + k]!, data[d + k]!];
        ae += first * left;
        af += first * right;
        be += second * left;
        bf += second * right;
        ce += third * left;
        cf += third * right;
        de += fourth * left;
        df += fourth * right;
      }
      put(i, j, ae);
      put(i, j + 1, af);
      put(i + 1, j, be);
      put(i + 1, j + 1, bf);
      put(i + 2, j, ce);
      put(i + 2, j + 1, cf);
      put(i + 3, j, de);
      put(i + 3, j + 1, df);
    }
  }
  return gram;
}
