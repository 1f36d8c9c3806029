import * as z from 'zod';
import { jsonNumber } from '../../records/json-number.ts';
import { readDouble, writeDouble } from '../requests/json-numbers.ts';

/** The name of the file in a run's folder that has all that a client logged, one request a line. */
export const journalName = 'mlflow.jsonl';

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A value of a metric: key, value (text where it is not finite), ms since 1970, step. */
const pointSchema = z.tuple([z.string(), z.union([z.number(), z.string()]), z.number(), z.number()]);

/** A line of the journal: what one request changed, so that it is kept whole or not at all. */
export const entrySchema = z.object({
  /** The first line. Times are ms since 1970. */
  run: z
    .object({ experiment_id: z.string(), user_id: z.string(), start_time: z.number(), run_name: z.string() })
    .optional(),
  metrics: z.array(pointSchema).optional(),
  params: z.record(z.string(), z.string()).optional(),
  /** Null removes a tag. */
  tags: z.record(z.string(), z.string().nullable()).optional(),
  status: z.enum(runStatuses).optional(),
  end_time: z.number().optional(),
  run_name: z.string().optional(),
  /** What the predictions of a split, in a file of their own, come to. */
  predicted: z
    .object({
      split: z.enum(['validation', 'test']),
      classes: z.array(z.string()),
      figures: z.record(z.string(), jsonNumber),
    })
    .optional(),
  /** Data sets, and models of log-outputs, as they came. */
  datasets: z.array(z.record(z.string(), z.unknown())).optional(),
  models: z.array(z.record(z.string(), z.unknown())).optional(),
});

export type Entry = z.output<typeof entrySchema>;

export interface Point {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** The same as the journal writes it. */
export function pointEntry({ key, value, timestamp, step }: Point): z.output<typeof pointSchema> {
  return [key, writeDouble(value), timestamp, step];
}

export function pointsOf(entry: Entry): Point[] {
  return (entry.metrics ?? []).map(([key, value, timestamp, step]) => {
    return { key, value: readDouble(value)!, timestamp, step };
  });
}

/** Whether `b` is later than `a`: by step, then time, then value, as MLflow's stores say which value is the latest. */
export function isLater(b: Point, a: Point): boolean {
  if (b.step !== a.step) return b.step > a.step;
  if (b.timestamp !== a.timestamp) return b.timestamp > a.timestamp;
  return b.value > a.value;
}

/** The latest value of each step, in the order of steps, of points of one metric. */
export function latestOfSteps(points: Iterable<Point>): Point[] {
  const latest = new Map<number, Point>();
  for (const point of points) {
    const before = latest.get(point.step);
    if (!before || isLater(point, before)) latest.set(point.step, point);
  }
  return [...latest.values()].sort((a, b) => a.step - b.step);
}
