import { argmax } from '@thaw/metrics';

/** The most probable class and all probabilities by class. */
export function labelled(row: Float32Array, classes: readonly string[]) {
  return {
    label: classes[argmax(row)]!,
    probabilities: Object.fromEntries(classes.map((name, i) => [name, row[i]!])),
  };
}
