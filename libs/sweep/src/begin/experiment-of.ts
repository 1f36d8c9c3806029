import { join } from 'node:path';
import { loadAnyExperiment, type AnyExperiment, type Settings } from '@thaw/experiment';
import { modelProblems } from '@thaw/model';
import type { SweepRecord } from '@thaw/tracking';
import type { SweepOptions } from '../sweep-options.ts';

/** What reading an experiment checks beside its own words. */
export const modelChecks = { checks: ({ model }: Settings) => modelProblems(model) };

/** The experiment of a sweep from its own copy, read and checked anew, with `moved`, further overrides. */
export async function experimentOf(
  { id, set, directory }: Pick<SweepRecord, 'id' | 'set' | 'directory'>,
  { runsDir, allowed }: Pick<SweepOptions, 'runsDir' | 'allowed'>,
  moved: readonly string[] = [],
): Promise<AnyExperiment> {
  return loadAnyExperiment(join(runsDir, 'sweeps', id, 'experiment.yaml'), {
    ...{ ...modelChecks, set: [...set, ...moved], allowed },
    directory: directory ?? process.cwd(),
  });
}
