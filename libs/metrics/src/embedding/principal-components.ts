import type { Random } from '@thaw/base';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface PrincipalComponents {
  /** The directions, orthonormal, the one of most variance first; of each the entry that is largest without its sign is positive. */
  readonly components: readonly Float64Array[];
  /** The variance along each, of the sample (divided by rows - 1). */
  readonly variances: readonly number[];
  /** The share that each has of all variance; NaN where there is none. */
  readonly shares: readonly number[];
  /** The rows in these directions, centred: `count` values a row, one row after the other. */
  readonly scores: Float64Array;
}

/** Of the largest eigenvalue: how far a direction may be from one. */
const tolerance = 1e-6;
/** By how much the steps grow between two looks at whether that is so. */
const growth = 1.2;

/**
 * The first principal components, as scikit-learn's PCA gives them (its signs, too), by Lanczos's iteration with full
 * reorthogonalisation: each step reads the features once, so that two directions of 12,444 rows of 1,280 values take about
 * a second. `features` has one row a sample, all of one length. `count` is lowered to the number of columns or rows. Where directions have
 * the same variance, which of them come is up to `random`. Throws RangeError for no rows.
 */
export function principalComponents(
  features: readonly Float32Array[],
  count: number,
  random: Random,
): PrincipalComponents {
  if (features.length === 0) throw new RangeError('principal components need at least one row');
  const columns = features[0]!.length;
  const kept = Math.min(count, columns, features.length);
  const mean = meanOf(features, columns);
  const { vectors, values } = largest(scatterOf(features, mean), columns, kept, random);
  const components = vectors.map(withSign);
  const freedom = Math.max(1, features.length - 1);
  const total = totalScatter(features, mean);
  const scores = new Float64Array(features.length * kept);
  const origin = components.map((component) => dot(mean, component));
  features.forEach((row, i) => {
    components.forEach((component, j) => (scores[i * kept + j] = along(row, component) - origin[j]!));
  });
  return {
    components,
    variances: values.map((value) => Math.max(0, value) / freedom),
    shares: values.map((value) => Math.max(0, value) / total),
    scores,
  };
}

function meanOf(features: readonly Float32Array[], columns: number): Float64Array {
  const mean = new Float64Array(columns);
  for (const row of features) for (let j = 0; j < columns; j++) mean[j]! += row[j]!;
  return mean.map((sum) => sum / features.length);
}

/** The inner product. Apart from that of other arrays: of one kind alone it is compiled to run several times as fast. */
function along(row: Float32Array, vector: Float64Array): number {
  let total = 0;
  for (let j = 0; j < row.length; j++) total += row[j]! * vector[j]!;
  return total;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j]! * b[j]!;
  return total;
}

function totalScatter(features: readonly Float32Array[], mean: Float64Array): number {
  let total = 0;
  for (const row of features) for (let j = 0; j < mean.length; j++) total += (row[j]! - mean[j]!) ** 2;
  return total;
}

/** What the centred features' scatter matrix makes of a vector; the matrix itself would take as long as a hundred of these. */
function scatterOf(features: readonly Float32Array[], mean: Float64Array) {
  return (vector: Float64Array): Float64Array => {
    const result = new Float64Array(vector.length);
    const offset = dot(mean, vector);
    let total = 0;
    for (const row of features) {
      const score = along(row, vector) - offset;
      total += score;
      for (let j = 0; j < result.length; j++) result[j]! += score * row[j]!;
    }
    for (let j = 0; j < result.length; j++) result[j]! -= total * mean[j]!;
    return result;
  };
}

/** The largest eigenvalues of a symmetric matrix with their vectors, the largest first. */
function largest(
  times: (vector: Float64Array) => Float64Array,
  size: number,
  count: number,
  random: Random,
): { vectors: Float64Array[]; values: number[] } {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const draw = () => Float64Array.from({ length: size }, () => random.normal());
  let next = orthogonal(draw(), basis);
  let look = count + 4;
  for (;;) {
    basis.push(scaled(next.vector, 1 / next.length));
    const image = times(basis.at(-1)!);
    diagonal.push(dot(image, basis.at(-1)!));
    next = orthogonal(image, basis);
    const isWhole = basis.length === size;
    // What can be reached from here is known: the rest is reached from elsewhere.
    const isEnd = next.length <= 1e-12 * Math.max(...diagonal.map(Math.abs));
    beside.push(isEnd ? 0 : next.length);
    if (isWhole || basis.length >= look) {
      look = Math.ceil(growth * basis.length);
      const { values, weights } = eigen(diagonal, beside);
      const isFound = (i: number) => beside.at(-1)! * Math.abs(weights[i]!.at(-1)!) <= tolerance * values[0]!;
      if (isWhole || Array.from({ length: count }, (_, i) => i).every(isFound)) {
        const vectors = weights.slice(0, count).map((weight) => combined(basis, weight));
        return { vectors, values: values.slice(0, count) };
      }
    }
    if (isEnd) next = orthogonal(draw(), basis);
  }
}

/** What is left of a vector outside a basis, and its length. Twice, because once leaves what rounding has put back. */
function orthogonal(vector: Float64Array, basis: readonly Float64Array[]) {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const share = dot(vector, direction);
      for (let j = 0; j < vector.length; j++) vector[j]! -= share * direction[j]!;
    }
  }
  return { vector, length: Math.sqrt(dot(vector, vector)) };
}

/** Of a symmetric matrix with these values on and beside its diagonal; the largest first. */
function eigen(diagonal: readonly number[], beside: readonly number[]) {
  const matrix = Matrix.diag([...diagonal]);
  for (let i = 0; i + 1 < diagonal.length; i++) {
    matrix.set(i, i + 1, beside[i]!);
    matrix.set(i + 1, i, beside[i]!);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => realEigenvalues[i]!),
    weights: order.map((i) => eigenvectorMatrix.getColumn(i)),
  };
}

function combined(basis: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const vector = new Float64Array(basis[0]!.length);
  basis.forEach((direction, i) => {
    for (let j = 0; j < vector.length; j++) vector[j]! += weights[i]! * direction[j]!;
  });
  return vector;
}

function scaled(vector: Float64Array, by: number): Float64Array {
  return vector.map((value) => value * by);
}

function withSign(vector: Float64Array): Float64Array {
  const most = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return most < 0 ? scaled(vector, -1) : vector;
}
