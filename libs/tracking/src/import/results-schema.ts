import * as z from 'zod';

/** Messages of the schema say what is allowed; `readResultsJson` puts what was found before them. */
const allowed = (text: string) => ({ error: text });

const score = z
  .number(allowed('a number from 0 to 1, or null where it is undefined'))
  .min(0, allowed('a number from 0 to 1, or null where it is undefined'))
  .max(1, allowed('a number from 0 to 1, or null where it is undefined'))
  .nullable()
  .transform((value) => value ?? Number.NaN);
const accuracy = z
  .number(allowed('a number from 0 to 1'))
  .min(0, allowed('a number from 0 to 1'))
  .max(1, allowed('a number from 0 to 1'));
const support = z
  .number(allowed('a whole number of images'))
  .nonnegative(allowed('a whole number of images'))
  .refine(Number.isInteger, allowed('a whole number of images'));

const scores = z
  .strictObject(
    { precision: score, recall: score, 'f1-score': score, support },
    allowed('{"precision", "recall", "f1-score", "support"}'),
  )
  .transform(({ precision, recall, 'f1-score': f1, support: images }) => ({
    precision,
    recall,
    f1,
    support: images,
  }));

/** `classification_report(..., output_dict=True)` of scikit-learn: classes by name, and these averages. */
const report = z
  .object(
    {
      accuracy: accuracy.optional(),
      'macro avg': scores.optional(),
      'weighted avg': scores.optional(),
      'micro avg': scores.optional(),
      'samples avg': scores.optional(),
    },
    allowed('the dictionary that classification_report(..., output_dict=True) gives'),
  )
  .catchall(scores);

const probability = accuracy;
const prediction = z.strictObject(
  {
    file: z.string(allowed("the image's path, relative to the data set's folder")).min(1, allowed('a path')),
    label: z.string(allowed('the name of the true class')),
    predicted: z.string(allowed('the name of a class')).optional(),
    /** An empty one is none. */
    group: z
      .string(allowed('what the image belongs to: a patient, a slide, a photograph'))
      .transform((name) => (name.trim() === '' ? undefined : name))
      .optional(),
    probabilities: z.union(
      [z.array(probability), z.record(z.string(), probability)],
      allowed('a probability from 0 to 1 for each class: a list in the order of "classes", or by class name'),
    ),
  },
  allowed('{"file", "label", "probabilities"}'),
);

const part = z
  .strictObject(
    {
      report: report.optional(),
      predictions: z
        .array(prediction, allowed('a list of {"file", "label", "probabilities"}'))
        .min(1, allowed('at least one prediction'))
        .optional(),
      loss: z.number(allowed('a number')).optional(),
    },
    allowed('{"report": ...} or {"predictions": [...]}'),
  )
  .refine(
    (value) => (value.report === undefined) !== (value.predictions === undefined),
    allowed('either "report" or "predictions"'),
  );

const figure = z.number(allowed('a number or null')).nullable();
const curve = z.array(
  z.union([figure, z.array(figure)], allowed('a number or null')),
  allowed('a list of numbers, one an epoch'),
);

/** Results of another program as JSON. */
export const resultsSchema = z.strictObject(
  {
    name: z.string(allowed('a name')).min(1, allowed('a name')).optional(),
    program: z.string(allowed('text')).optional(),
    parameters: z.record(z.string(), z.unknown(), allowed('settings by name')).default({}),
    classes: z
      .array(z.string(allowed('the name of a class')), allowed('a list of class names'))
      .min(2, allowed('two classes or more'))
      .refine((names) => new Set(names).size === names.length, allowed('each class once'))
      .optional(),
    /** Keras's `History.history`. */
    history: z.record(z.string(), curve, allowed('lists of numbers by name, one number an epoch')).optional(),
    /** One of the two may be left out. */
    validation: part.optional(),
    test: part.optional(),
  },
  allowed('an object with "validation" and "test"'),
);

export type ResultsJson = z.output<typeof resultsSchema>;
export type PartJson = NonNullable<ResultsJson['test']>;

/** `classification_report(..., output_dict=True)` by itself. */
export const reportSchema = report;
