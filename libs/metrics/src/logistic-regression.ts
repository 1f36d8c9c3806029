import { checkSameLength } from './check-labels.ts';
import { featureMatrix, type FeatureMatrix } from './features/feature-matrix.ts';
import { dot } from './dot.ts';

export interface LogisticRegression {
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** Log-odds of label 1 of each row. */
  decisions(features: readonly ArrayLike<number>[]): Float64Array;
}

const mostSteps = 100;
const gradientTolerance = 1e-8;
/** Armijo's condition: the share of the promised descent that a step must bring. */
const sufficientDescent = 1e-4;

/**
 * Binary logistic regression with an L2 penalty on the coefficients and none on the intercept: the minimum of
 * |w|^2 / 2 + c * sum of ln(1 + exp(-y (w x + b))) with y = -1 or 1, which is scikit-learn's LogisticRegression(C=c). Found by
 * Newton steps whose equations conjugate gradients solve (Nocedal and Wright 2006, algorithm 7.1), so that no matrix of
 * features by features is made: some hundred passes over the data for 2,000 rows of 1,280.
 *
 * `labels` are 0 or 1, one a row of features. Throws RangeError for other labels, lengths that differ, one class alone, c not
 * above 0 and features that are not finite.
 */
export function logisticRegression(
  samples: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  { c = 1 }: { readonly c?: number } = {},
): LogisticRegression {
  checkSameLength(labels, samples, 'rows of features');
  // Without the mean, which the intercept takes up, conjugate gradients need far fewer steps; the solution is the same.
  const { features, means } = centre(featureMatrix(samples));
  const { rows, columns } = features;
  const signs = Float64Array.from(labels, (label) => {
    if (label !== 0 && label !== 1) throw new RangeError(`labels are 0 or 1, not ${label}`);
    return 2 * label - 1;
  });
  if (new Set(signs).size < 2) throw new RangeError('logistic regression needs samples of both classes');
  if (!(c > 0)) throw new RangeError(`c is above 0, not ${c}`);

  /** Penalty's part of a product with the Hessian or of the gradient: the intercept, last, has none. */
  const addPenalty = (into: Float64Array, weights: Float64Array) => {
    for (let j = 0; j < columns; j++) into[j]! += weights[j]!;
    return into;
  };
  const loss = (weights: Float64Array, margins: Float64Array) => {
    let total = 0;
    for (let i = 0; i < rows; i++) total += softplus(-signs[i]! * margins[i]!);
    for (let j = 0; j < columns; j++) total += (weights[j]! * weights[j]!) / 2 / c;
    return c * total;
  };

  let weights = new Float64Array(columns + 1);
  let margins = new Float64Array(rows);
  let value = loss(weights, margins);
  let first = Number.NaN;
  for (let step = 0; step < mostSteps; step++) {
    const slopes = margins.map((margin, i) => -c * signs[i]! * sigmoid(-signs[i]! * margin));
    const gradient = addPenalty(leftProduct(features, slopes), weights);
    const size = norm(gradient);
    if (step === 0) first = size;
    if (size <= gradientTolerance * first) break;
    const curvature = margins.map((margin) => c * sigmoid(margin) * sigmoid(-margin));
    const direction = conjugateGradients(
      (vector) => {
        const products = rightProduct(features, vector);
        return addPenalty(
          leftProduct(
            features,
            products.map((product, i) => product * curvature[i]!),
          ),
          vector,
        );
      },
      gradient.map((each) => -each),
      Math.min(0.1, Math.sqrt(size / first)) * size,
    );
    const change = rightProduct(features, direction);
    const slope = dot(gradient, direction);
    let [length, next, nextMargins, nextValue] = [2, weights, margins, Number.POSITIVE_INFINITY];
    while (nextValue > value + sufficientDescent * length * slope && length > 1e-10) {
      length /= 2;
      next = weights.map((weight, j) => weight + length * direction[j]!);
      nextMargins = margins.map((margin, i) => margin + length * change[i]!);
      nextValue = loss(next, nextMargins);
    }
    // No step brings less any more: rounding is all that is left.
    if (!(nextValue < value)) break;
    [weights, margins, value] = [next, nextMargins, nextValue];
  }
  const coefficients = weights.slice(0, columns);
  const intercept = weights[columns]! - dot(coefficients, means);
  return {
    coefficients,
    intercept,
    decisions: (others) => rightProduct(featureMatrix(others), Float64Array.of(...coefficients, intercept)),
  };
}

function centre({ data, rows, columns }: FeatureMatrix): { features: FeatureMatrix; means: Float64Array } {
  const means = new Float64Array(columns);
  data.forEach((value, i) => (means[i % columns]! += value / rows));
  return { features: { data: data.map((value, i) => value - means[i % columns]!), rows, columns }, means };
}

/** Solves `apply(x) = target` until the residual is no longer than `tolerance`; `apply` is symmetric and positive. */
function conjugateGradients(
  apply: (vector: Float64Array) => Float64Array,
  target: Float64Array,
  tolerance: number,
): Float64Array {
  const solution = new Float64Array(target.length);
  const residual = target.slice();
  let direction = target.slice();
  let squared = dot(residual, residual);
  for (let step = 0; step < 2 * target.length && Math.sqrt(squared) > tolerance; step++) {
    const applied = apply(direction);
    const length = squared / dot(direction, applied);
    for (let j = 0; j < solution.length; j++) {
      solution[j]! += length * direction[j]!;
      residual[j]! -= length * applied[j]!;
    }
    const before = squared;
    squared = dot(residual, residual);
    direction = direction.map((each, j) => residual[j]! + (squared / before) * each);
  }
  return solution;
}

/** Features, and a last column of ones, times a vector over columns: a value a row. */
function rightProduct({ data, rows, columns }: FeatureMatrix, vector: Float64Array): Float64Array {
  const products = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = vector[columns]!;
    for (let j = 0, k = i * columns; j < columns; j++, k++) total += data[k]! * vector[j]!;
    products[i] = total;
  }
  return products;
}

/** A vector over rows times features, and a last column of ones: a value a column. */
function leftProduct({ data, rows, columns }: FeatureMatrix, vector: Float64Array): Float64Array {
  const products = new Float64Array(columns + 1);
  for (let i = 0; i < rows; i++) {
    const factor = vector[i]!;
    for (let j = 0, k = i * columns; j < columns; j++, k++) products[j]! += data[k]! * factor;
    products[columns]! += factor;
  }
  return products;
}

function sigmoid(value: number): number {
  return value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value));
}

/** ln(1 + exp(value)) without overflow. */
function softplus(value: number): number {
  return Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value)));
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
