import type { ReconciledRun } from './reconcile.ts';
import type { SweepRecord } from './records/sweep-record.ts';

/** Why runs failed that could not say so themselves, by their ids. */
export type SilentDeaths = ReadonlyMap<string, string | null>;

/** Whether its process may have died (of too little memory, say): such a run reads as interrupted, and only its sweep knows the reason. */
export function mayHaveDied({ state, sweep }: Pick<ReconciledRun, 'state' | 'sweep'>): boolean {
  return state === 'interrupted' && sweep !== null;
}

/** What sweeps know of trials, and of earlier attempts at them, that failed. */
export function silentDeaths(sweeps: readonly SweepRecord[]): SilentDeaths {
  const failed = sweeps.flatMap(({ trials }) =>
    trials.flatMap(({ run, state, error, attempts }) => [
      ...(run !== null && state === 'failed' ? [[run, error] as const] : []),
      ...attempts.flatMap((attempt) => (attempt.run === null ? [] : [[attempt.run, attempt.error] as const])),
    ]),
  );
  return new Map(failed);
}

/** A run as its sweep knows it. */
export function asItsSweepKnows<T extends Pick<ReconciledRun, 'id' | 'state' | 'sweep' | 'error'>>(
  run: T,
  deaths: SilentDeaths,
): T {
  if (!mayHaveDied(run) || !deaths.has(run.id)) return run;
  return { ...run, state: 'failed', error: deaths.get(run.id) ?? null };
}
