import type { RunRecord } from '@thaw/tracking';
import type { Run } from '../api/operations/runs.ts';

/** A run as the API gives it: without what only its writer needs. */
export function describeRun(run: RunRecord): Run {
  const { id, sweep, number, state, parameters, settings, summary, classes, error, provenance } = run;
  const { created, finished, seconds, sealed, logged } = run;
  return {
    id,
    sweep,
    number,
    state,
    parameters,
    settings: settings && { ...settings },
    summary,
    classes,
    error,
    sealed,
    logged: logged && { experiment: logged.experiment, name: logged.name },
    provenance,
    created,
    finished,
    seconds,
  };
}
