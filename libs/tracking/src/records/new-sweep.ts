import { basename } from 'node:path';
import { newJournal, newSweepId } from '../files/ids.ts';
import { thisProcess } from '../files/owner.ts';
import type { StoredSweep } from './sweep-record.ts';

/** What the record of a sweep has as its engine where trials run a program of the user's own. */
export const programEngine = 'program';

/** What is said of a sweep when it begins. */
export interface NewSweep {
  /** One that was given out before (`newSweepId`); a new one when left out. */
  id?: string | undefined;
  name: string;
  /** The YAML as written. */
  experimentText: string;
  experimentFile: string;
  /** What relative paths of the experiment are relative to, absolute. */
  directory?: string;
  /** Overrides, `path=value`, that came with the experiment. */
  set?: readonly string[];
  method: string;
  metric: { name: string; goal: 'maximize' | 'minimize' };
  parameters: Record<string, unknown>;
  engine: string;
  /** What the engine computes on; `cpu` when left out. */
  device?: string;
  workers: number;
  /** How many trials there will be, where that is known. */
  planned?: number;
  /** `each` when left out. */
  test?: StoredSweep['test'];
}

/** The record of a sweep that this process begins. */
export function newSweepRecord(sweep: NewSweep, now: Date): StoredSweep {
  const { name, experimentFile, set = [], method, metric, parameters, engine, workers } = sweep;
  return {
    format: 1,
    id: sweep.id ?? newSweepId(name, now),
    name,
    method,
    metric,
    parameters,
    engine,
    workers,
    state: 'running',
    experiment_file: basename(experimentFile),
    directory: sweep.directory ?? null,
    set: [...set],
    device: sweep.device ?? 'cpu',
    planned: sweep.planned ?? null,
    trials: [],
    journal: newJournal(),
    leakage: null,
    test: sweep.test ?? 'each',
    test_sets: [],
    openings: [],
    forecast: null,
    created: now.toISOString(),
    finished: null,
    owner: thisProcess(),
    seconds: null,
  };
}
