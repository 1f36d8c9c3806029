import * as z from 'zod';

/** At most so many characters, so that a table of many runs stays small. */
export const annotationLimits = { note: 10_000, tag: 60, tags: 50 };

export const annotationsSchema = z.object({
  note: z.string().max(annotationLimits.note).default(''),
  tags: z.array(z.string().trim().min(1).max(annotationLimits.tag)).max(annotationLimits.tags).default([]),
  archived: z.boolean().default(false),
});
