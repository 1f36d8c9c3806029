import type { Summary } from '@thaw/experiment';

/** Figures by name; what Thaw calls its own (val_accuracy, test_accuracy) is shown like them. */
export type Metrics = Readonly<Record<string, number>>;

const known = [
  'train_accuracy',
  'train_loss',
  'val_accuracy',
  'val_loss',
  'test_accuracy',
  'test_loss',
] as const;

/** What came of a run that Thaw has not trained: figures of any names, NaN for those of Thaw's that are missing, and the gap. */
export function freeSummary(figures: Metrics, epochs: number): Summary {
  const whole = Object.fromEntries(known.map((name) => [name, figures[name] ?? Number.NaN]));
  const gap = (figures['val_accuracy'] ?? Number.NaN) - (figures['test_accuracy'] ?? Number.NaN);
  return { epochs, best_epoch: Number.NaN, gap, ...whole, ...figures } as unknown as Summary;
}
