import type { Settings, SettingsPaths } from '@thaw/experiment';
import { newRunId } from '../files/ids.ts';
import { nameInSweepId } from '../files/name-in-id.ts';
import { thisProcess } from '../files/owner.ts';
import type { Provenance } from './provenance.ts';
import type { RunRecord } from './run-record.ts';

/** What is said of a run when it begins. */
export interface NewRun {
  /** For the id of a run without a sweep; that of a sweep bears the sweep's name. */
  name?: string;
  sweep: string | null;
  number: number;
  parameters: Record<string, unknown>;
  /** Null where Thaw does not train it. */
  settings: Settings | null;
  /** Where what the settings name by a path lies; see `pathsOf`. */
  paths?: SettingsPaths;
  provenance: Provenance | null;
  /** True where its test images are left alone. */
  sealed?: boolean;
}

/** The record of a run that this process begins. */
export function newRunRecord({ name, ...run }: NewRun, now: Date): RunRecord {
  // By its name `sweep` knows a run that may be its own without reading it.
  const shortName = run.sweep === null ? (name ?? 'run') : nameInSweepId(run.sweep);
  return {
    format: 1,
    id: newRunId(shortName, run.number, now),
    ...run,
    paths: run.paths ?? {},
    state: 'running',
    summary: null,
    classes: null,
    error: null,
    sealed: run.sealed ?? false,
    imported: null,
    logged: null,
    created: now.toISOString(),
    finished: null,
    owner: thisProcess(),
    seconds: null,
  };
}
