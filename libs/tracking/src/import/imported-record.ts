import * as z from 'zod';
import { jsonNumber } from '../records/json-number.ts';

const scores = {
  precision: jsonNumber,
  recall: jsonNumber,
  f1: jsonNumber,
  /** Images. */
  support: z.number().int().nonnegative(),
};

/** scikit-learn's classification report as another program printed it; scores 0 to 1, NaN where undefined. */
export const reportSchema = z.object({
  perClass: z.array(z.object({ class: z.string(), ...scores })),
  accuracy: jsonNumber,
  macro: z.object(scores),
  weighted: z.object(scores),
});

/** What is known of a run of another program, whose settings and provenance are not. */
export const importedSchema = z.object({
  /** The file's name, without its folder. */
  file: z.string(),
  /** What made the results, in the words of whoever imported them; null where nobody said. */
  program: z.string().nullable(),
  /** The figures of the parts that came without predictions; null where the predictions are there. */
  reports: z.object({ validation: reportSchema.nullable(), test: reportSchema.nullable() }),
});

export type ImportedRecord = z.output<typeof importedSchema>;
