/** Which images a figure is of, and of what; `metric` has the field's name where it has another. */
export interface MetricPart {
  readonly part: 'train' | 'val' | 'test';
  readonly metric: string;
  /** Whether the name says its part; a bare name is of training. */
  readonly named: boolean;
}

const parts = {
  ...{ train: 'train', training: 'train' },
  ...{ val: 'val', valid: 'val', validation: 'val' },
  test: 'test',
} as const;
const prefix = new RegExp(`^(${Object.keys(parts).join('|')})[_/.](.+)$`);

/** Reads the name of a metric as programs write it: `loss`, `val_acc`, `train/loss`, `test.accuracy`. Keras 2 called accuracy `acc`. */
export function metricPart(name: string): MetricPart {
  const [, word, rest] = prefix.exec(name) ?? [];
  const metric = rest ?? name;
  return {
    part: word === undefined ? 'train' : (parts[word as keyof typeof parts] as MetricPart['part']),
    metric: metric === 'acc' ? 'accuracy' : metric,
    named: word !== undefined,
  };
}
