import * as z from 'zod';

/**
 * What a setting means, with an example, both kept beside the schema for the reference. `describe` is for messages: what is
 * allowed. `usual` is the default of a setting that is transformed: JSON Schema leaves out such.
 */
export function means(text: string, example?: unknown, usual?: unknown): Record<string, unknown> {
  return {
    means: text,
    ...(example === undefined ? {} : { example }),
    ...(usual === undefined ? {} : { usual }),
  };
}

export const fraction = z.number().gt(0).lt(1);
/** A share that may be none or all. */
export const share = z.number().min(0).max(1);
/** A count; the limit is far above any sensible value and catches slips of the finger before they fill the memory. */
export const count = (limit: number) => z.number().int().min(1).max(limit);
export const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/**
 * An alternative of a union of sections. Of a union zod reports only the alternative that has nothing worse than unknown
 * keys, and so would take a folder with a wrong layout for a smear with an unknown key; ending both, it reports both.
 */
export const whole = <T extends z.ZodObject>(section: T) =>
  section.check((payload) => {
    if (payload.issues.length > 0) payload.aborted = true;
  });

/** A regular expression. */
export const pattern = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      new RegExp(source, 'u');
    } catch (error) {
      context.addIssue({ code: 'custom', message: `a regular expression (${(error as Error).message})` });
    }
  });
