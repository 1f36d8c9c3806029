import type { NamedRun } from '@thaw/tracking';
import type { ModelVersion } from '../api/operations/models.ts';

/** What of a model's version the name of its run is made of. */
export function namedVersion({ run, sweep, trial, backbone, scenario }: ModelVersion): NamedRun {
  return { id: run, sweep, number: trial, backbone, scenario, name: null };
}
