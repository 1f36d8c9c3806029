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
const words = Object.keys(parts).join('|');
const before = new RegExp(`^(?<word>${words})[_/.](?<metric>.+)$`, 'i');
/** As PyTorch's examples have it: `Loss/train`. */
const behind = new RegExp(`^(?<metric>.+)/(?<word>${words})$`, 'i');

/**
 * Reads the name of a metric as programs write it: `loss`, `val_acc`, `train/loss`, `test.accuracy`, `Accuracy/val`. Keras 2 called
 * accuracy `acc`.
 */
export function metricPart(name: string): MetricPart {
  const { word, metric = name } = (before.exec(name) ?? behind.exec(name))?.groups ?? {};
  return {
    part:
      word === undefined ? 'train' : (parts[word.toLowerCase() as keyof typeof parts] as MetricPart['part']),
    metric: /^acc(uracy)?$/i.test(metric) ? 'accuracy' : /^loss$/i.test(metric) ? 'loss' : metric,
    named: word !== undefined,
  };
}
