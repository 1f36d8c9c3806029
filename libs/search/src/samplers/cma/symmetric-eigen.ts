/** Of a symmetric matrix: its eigenvalues, and its eigenvectors as the columns of a matrix with rows one after another. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const mostSweeps = 60;

/** By Jacobi's rotations (Golub and Van Loan 2013, 8.5), for few rows. `matrix` has its rows one after another. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let [beside, diagonal] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        if (i === j) diagonal += a[i * size + j]! ** 2;
        else beside += a[i * size + j]! ** 2;
      }
    if (beside <= 1e-30 * diagonal) break;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        if (a[p * size + q] === 0) continue;
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * a[p * size + q]!);
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        const turn = { size, p, q, cosine, sine: tangent * cosine };
        turnColumns(a, turn);
        turnRows(a, turn);
        turnColumns(vectors, turn);
      }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors };
}

interface Turn {
  readonly size: number;
  readonly p: number;
  readonly q: number;
  readonly cosine: number;
  readonly sine: number;
}

function turnColumns(a: Float64Array, { size, p, q, cosine, sine }: Turn): void {
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[k * size + p]!, a[k * size + q]!];
    a[k * size + p] = cosine * x - sine * y;
    a[k * size + q] = sine * x + cosine * y;
  }
}

function turnRows(a: Float64Array, { size, p, q, cosine, sine }: Turn): void {
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[p * size + k]!, a[q * size + k]!];
    a[p * size + k] = cosine * x - sine * y;
    a[q * size + k] = sine * x + cosine * y;
  }
}
