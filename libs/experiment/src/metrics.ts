/** Which way a metric is better. */
export const goals = ['maximize', 'minimize'] as const;
export type Goal = (typeof goals)[number];

/**
 * Every metric that a trial reports, and which way it is better. libs/metrics computes them; whatever lists metrics goes by
 * this table.
 */
export const metricGoals = {
  loss: 'minimize',
  accuracy: 'maximize',
  balanced_accuracy: 'maximize',
  macro_f1: 'maximize',
  auc: 'maximize',
  calibration_error: 'minimize',
} as const satisfies Record<string, Goal>;

export type MetricName = keyof typeof metricGoals;

export const metricNames = Object.keys(metricGoals) as readonly MetricName[];

/** Metrics under names that begin alike; absent in records of before, which knew loss and accuracy alone. */
export type Figures<Prefix extends string> = {
  readonly [Name in MetricName as `${Prefix}${Name}`]?: number | undefined;
};

/** The names of all metrics behind a prefix: `val_` for those on validation images. */
export function metricNamesOf<Prefix extends string>(prefix: Prefix): `${Prefix}${MetricName}`[] {
  return metricNames.map((name) => `${prefix}${name}` as const);
}

/** Metrics under their names behind a prefix: `accuracy` as `val_accuracy`. */
export function prefixed<Prefix extends string, Given extends Figures<''>>(
  prefix: Prefix,
  figures: Given,
): { [Name in MetricName as `${Prefix}${Name}`]: Given[Name] } {
  const entries = metricNames.map((name) => [`${prefix}${name}`, figures[name]]);
  return Object.fromEntries(entries) as { [Name in MetricName as `${Prefix}${Name}`]: Given[Name] };
}

/** Of a record of figures only the metrics behind a prefix, under their names with it. */
export function figuresBehind<Prefix extends string, Given extends Figures<Prefix>>(
  prefix: Prefix,
  record: Given,
): Pick<Given, keyof Figures<Prefix>> {
  const values: Readonly<Record<string, unknown>> = record;
  const entries = metricNamesOf(prefix).map((name) => [name, values[name]]);
  return Object.fromEntries(entries) as Pick<Given, keyof Figures<Prefix>>;
}

/** What every epoch reports: metrics on validation images, and on training images by their bare names. */
export const monitors = [...metricNamesOf('val_'), ...metricNames] as const;
export type Monitor = (typeof monitors)[number];

/**
 * Which way a reported value is better: of `accuracy` as of `val_accuracy`, `train_accuracy` and `test_accuracy`. Of loss and
 * accuracy it is the direction that Keras's `mode='auto'` takes. Throws RangeError for a name that no metric has.
 */
export function metricGoal(name: string): Goal {
  const metric = name.replace(/^(train|val|test)_/, '');
  if (!Object.hasOwn(metricGoals, metric)) {
    throw new RangeError(`no metric is named ${name}; there are ${metricNames.join(', ')}`);
  }
  return metricGoals[metric as MetricName];
}
