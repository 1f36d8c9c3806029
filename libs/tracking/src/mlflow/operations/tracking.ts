import { UserError } from '@thaw/base';
import type { Clock } from '../../files/heartbeat.ts';
import { Artifacts } from '../artifacts.ts';
import { Experiments } from '../experiments.ts';
import { LoggedModels } from '../logged-models.ts';
import type { Fields } from '../requests/fields.ts';
import { LoggedRuns } from '../runs/logged-runs.ts';

/** What the operations work on. */
export class Tracking {
  readonly experiments: Experiments;
  readonly runs: LoggedRuns;
  readonly artifacts: Artifacts;
  readonly models: LoggedModels;
  readonly clock: Clock;

  constructor(runsDir: string, clock: Clock) {
    this.experiments = new Experiments(runsDir, clock);
    this.runs = new LoggedRuns(runsDir, clock);
    this.artifacts = new Artifacts(runsDir, this.runs);
    this.models = new LoggedModels(runsDir, clock);
    this.clock = clock;
  }

  /** For records; an experiment that cannot be read has its number as its name. */
  experimentName(id: string): string {
    try {
      return this.experiments.all().find(({ experiment_id }) => experiment_id === id)?.name ?? id;
    } catch (error) {
      if (error instanceof UserError) return id;
      throw error;
    }
  }
}

/** One call of the API: a request's fields in, the body of the answer out; what it refuses is an MlflowError. */
export type Operation = (tracking: Tracking, fields: Fields) => Promise<object>;
