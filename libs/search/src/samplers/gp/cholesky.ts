/** Square matrices are rows one after another; of symmetric ones the lower half is read. */

/** The lower triangle L of a positive definite matrix A = L Lᵀ, zeros above; null where it is not positive definite. */
export function cholesky(matrix: Float64Array, size: number): Float64Array | null {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!;
      if (i !== j) lower[i * size + j] = rest / lower[j * size + j]!;
      else if (rest > 0) lower[i * size + i] = Math.sqrt(rest);
      else return null;
    }
  }
  return lower;
}

/** Turns b into the x of L x = b, for its first `count` rows. */
export function solveLower(lower: Float64Array, size: number, b: Float64Array, count = size): void {
  for (let i = 0; i < count; i++) {
    let rest = b[i]!;
    for (let k = 0; k < i; k++) rest -= lower[i * size + k]! * b[k]!;
    b[i] = rest / lower[i * size + i]!;
  }
}

/** Turns b into the x of Lᵀ x = b. */
export function solveUpper(lower: Float64Array, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const x = b[i]! / lower[i * size + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k]! -= lower[i * size + k]! * x;
  }
}

/** The lower half of (L Lᵀ)⁻¹. */
export function inverseOf(lower: Float64Array, size: number): Float64Array {
  // Row i of `columns` is column i of L⁻¹.
  const columns = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    columns[i * size + i] = 1 / lower[i * size + i]!;
    for (let row = i + 1; row < size; row++) {
      let sum = 0;
      for (let k = i; k < row; k++) sum += lower[row * size + k]! * columns[i * size + k]!;
      columns[i * size + row] = -sum / lower[row * size + row]!;
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += columns[i * size + k]! * columns[j * size + k]!;
      inverse[i * size + j] = sum;
    }
  }
  return inverse;
}
