import { isLater, pointsOf, type Entry, type Point, type RunStatus } from './journal.ts';

/** What a client has said of a run so far. */
export interface LoggedState {
  readonly experimentId: string;
  readonly userId: string;
  readonly startTime: number;
  name: string;
  status: RunStatus;
  endTime: number | null;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  /** The latest value of each metric. */
  readonly latest: Map<string, Point>;
  /** Steps that have a metric. */
  readonly steps: Set<number>;
  /** What predictions came to, by split. */
  readonly predicted: Map<string, NonNullable<Entry['predicted']>>;
  readonly datasets: Record<string, unknown>[];
  readonly models: Record<string, unknown>[];
}

/** The state that a journal's first line begins. */
export function beginState({
  experiment_id,
  user_id,
  start_time,
  run_name,
}: NonNullable<Entry['run']>): LoggedState {
  return {
    experimentId: experiment_id,
    userId: user_id,
    startTime: start_time,
    name: run_name,
    status: 'RUNNING',
    endTime: null,
    params: new Map(),
    tags: new Map(),
    latest: new Map(),
    steps: new Set(),
    predicted: new Map(),
    datasets: [],
    models: [],
  };
}

/** Takes over what a line of the journal says. */
export function applyEntry(state: LoggedState, entry: Entry): void {
  for (const point of pointsOf(entry)) {
    const before = state.latest.get(point.key);
    if (!before || isLater(point, before)) state.latest.set(point.key, point);
    if (!point.key.startsWith('system/')) state.steps.add(point.step);
  }
  for (const [key, value] of Object.entries(entry.params ?? {})) state.params.set(key, value);
  for (const [key, value] of Object.entries(entry.tags ?? {})) {
    if (value === null) state.tags.delete(key);
    else state.tags.set(key, value);
  }
  if (entry.status !== undefined) state.status = entry.status;
  if (entry.end_time !== undefined) state.endTime = entry.end_time;
  if (entry.run_name !== undefined) state.name = entry.run_name;
  if (entry.predicted) state.predicted.set(entry.predicted.split, entry.predicted);
  state.datasets.push(...(entry.datasets ?? []));
  state.models.push(...(entry.models ?? []));
}
