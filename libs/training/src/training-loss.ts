import { UserError } from '@thaw/base';
import { tensor, type Tensor } from '@thaw/compute';
import type { Dataset, ImageFile } from '@thaw/data';
import { didYouMean, nearest, type TrainingSettings } from '@thaw/experiment';
import { argmax } from '@thaw/metrics';
import { rowsOf } from './score.ts';

type Labelled = readonly Pick<ImageFile, 'label'>[];

/** The smallest positive float32: what a probability that has underflowed counts as, as in `crossEntropy`. */
const smallest = 2 ** -149;

/**
 * What training minimises: Keras's categorical cross-entropy with `label_smoothing`, each image's times the weight of its class, the
 * mean over the images (their number, not their weights, is divided by).
 */
export class TrainingLoss {
  readonly #classes: number;
  readonly #smoothing: number;
  readonly #weights: readonly number[] | null;

  /** Throws UserError for weights of classes that the data set does not have. */
  constructor(
    { label_smoothing = 0, class_weight }: Pick<TrainingSettings, 'label_smoothing' | 'class_weight'>,
    { classes, train }: Pick<Dataset, 'classes'> & { readonly train: Labelled },
  ) {
    this.#classes = classes.length;
    this.#smoothing = label_smoothing;
    this.#weights = class_weight === undefined ? null : classWeights(class_weight, classes, train);
  }

  /** [images, classes], rows that sum to 1. */
  labels(images: Labelled): Tensor {
    const labels = tensor([images.length, this.#classes]);
    if (this.#smoothing > 0) labels.data.fill(this.#smoothing / this.#classes);
    images.forEach(({ label }, i) => (labels.data[i * this.#classes + label]! += 1 - this.#smoothing));
    return labels;
  }

  /** What the loss of each of such labels counts for, by their likeliest class; null where all count alike. */
  weights(labels: Tensor): Float32Array | null {
    const weights = this.#weights;
    return weights && Float32Array.from(rowsOf(labels), (row) => weights[argmax(row)]!);
  }

  /** Of probabilities [images, classes] where these are the labels. */
  of(labels: Tensor, { data: probabilities }: Pick<Tensor, 'data'>): number {
    const [images, classes] = labels.shape as [number, number];
    const weights = this.weights(labels);
    let sum = 0;
    for (let i = 0; i < images; i++) {
      let loss = 0;
      for (let k = i * classes; k < (i + 1) * classes; k++) {
        const truth = labels.data[k]!;
        if (truth > 0) loss -= truth * Math.log(Math.max(probabilities[k]!, smallest));
      }
      sum += loss * (weights?.[i] ?? 1);
    }
    return sum / images;
  }
}

/** `balanced` is scikit-learn's: the images over the classes times the class's images. */
function classWeights(
  given: NonNullable<TrainingSettings['class_weight']>,
  classes: readonly string[],
  train: Labelled,
): number[] {
  if (given === 'balanced') {
    const counts = classes.map((_, label) => train.filter((image) => image.label === label).length);
    return counts.map((count) => train.length / (classes.length * count));
  }
  const problem = classWeightProblem(given, classes);
  if (problem !== null) throw new UserError(`training.class_weight.${problem.name}: ${problem.message}`);
  return classes.map((name) => (Object.hasOwn(given, name) ? given[name]! : 1));
}

/** The first class that has a weight and is not there, or the first where all of them weigh nothing; null when all is well. */
export function classWeightProblem(
  given: TrainingSettings['class_weight'],
  classes: readonly string[],
): { readonly name: string; readonly message: string } | null {
  if (given === undefined || given === 'balanced') return null;
  const name = Object.keys(given).find((each) => !classes.includes(each));
  if (name === undefined) {
    const isNothing =
      classes.length > 0 && classes.every((each) => Object.hasOwn(given, each) && given[each] === 0);
    const message =
      'found 0, as for every class, which leaves nothing to learn; allowed: above 0 for one class at least';
    return isNothing ? { name: classes[0]!, message } : null;
  }
  const hint = didYouMean(nearest(name, classes));
  return {
    name,
    message: `found a class that the images do not have; allowed: ${classes.join(', ')}${hint}`,
  };
}
