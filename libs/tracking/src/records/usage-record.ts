import * as z from 'zod';

export const usageFile = 'system.jsonl';

/** A line of `system.jsonl`: what a run's process took of the machine since the line before. */
export const usageSchema = z.object({
  /** Since the run began to be watched. */
  seconds: z.number(),
  /** Processors that were busy with it, on average: 1.5 is one and a half. */
  cores: z.number(),
  /** What it held in memory then. */
  memory_bytes: z.number(),
});

export type UsageRecord = z.output<typeof usageSchema>;
