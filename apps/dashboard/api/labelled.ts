import { orderedRecord } from '@thaw/base/browser';
import { argmax } from '@thaw/metrics';

/** The most probable class, and all probabilities by class in the model's order. */
export function labelled(row: Float32Array, classes: readonly string[]) {
  return {
    label: classes[argmax(row)]!,
    classes: [...classes],
    probabilities: orderedRecord(classes.map((name, i) => [name, row[i]!])),
  };
}
