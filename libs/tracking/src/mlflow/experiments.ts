import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolder, UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import type { Clock } from '../files/heartbeat.ts';
import { invalid, missing, MlflowError } from './requests/mlflow-error.ts';
import { limits } from './requests/names.ts';

const experimentSchema = z.object({
  experiment_id: z.string(),
  name: z.string(),
  artifact_location: z.string(),
  lifecycle_stage: z.enum(['active', 'deleted']),
  /** In ms since 1970. */
  creation_time: z.number(),
  last_update_time: z.number(),
  tags: z.record(z.string(), z.string()),
});

const fileSchema = z.object({ format: z.literal(1), experiments: z.array(experimentSchema) });

export type Experiment = z.output<typeof experimentSchema>;

/** The experiments that clients make, in `<runsDir>/mlflow/experiments.json`; number 0, Default, is always there. */
export class Experiments {
  readonly #path: string;
  readonly #clock: Clock;

  constructor(runsDir: string, clock: Clock) {
    this.#path = join(runsDir, 'mlflow', 'experiments.json');
    this.#clock = clock;
  }

  /** Oldest first. */
  all(): Experiment[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return [this.#new('0', 'Default', null, {})];
      // Taken for absent it would be written anew, without what is in it.
      throw new UserError(`${this.#path} cannot be read: ${message}`, { kind: 'unavailable', cause: error });
    }
    const read = fileSchema.safeParse(parse(text));
    if (!read.success)
      throw new UserError(`${this.#path} is damaged; no experiment can be read`, { kind: 'damaged' });
    return read.data.experiments;
  }

  /** RESOURCE_DOES_NOT_EXIST for an id that none has. */
  get(id: string): Experiment {
    const found = this.all().find(({ experiment_id }) => experiment_id === id);
    if (found) return found;
    throw missing(`No Experiment with id=${id} exists`);
  }

  /** INVALID_PARAMETER_VALUE for one that was deleted. */
  active(id: string): Experiment {
    const experiment = this.get(id);
    if (experiment.lifecycle_stage === 'active') return experiment;
    throw invalid(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
  }

  /** The new one's id. RESOURCE_ALREADY_EXISTS for a name that another has, deleted ones included. */
  async create(name: string, location: string | null, tags: Record<string, string>): Promise<string> {
    return this.#change((experiments) => {
      checkName(name);
      checkFree(experiments, name);
      const ids = experiments.map(({ experiment_id }) => Number(experiment_id));
      const id = String(Math.max(...ids) + 1);
      experiments.push(this.#new(id, name, location, tags));
      return id;
    });
  }

  /** Changes one that must be active, or with `of` deleted, deleted. */
  async update(
    id: string,
    change: (experiment: Experiment, others: readonly Experiment[]) => Partial<Experiment>,
    of: Experiment['lifecycle_stage'] = 'active',
  ): Promise<void> {
    await this.#change((experiments) => {
      const index = experiments.findIndex(({ experiment_id }) => experiment_id === id);
      const found = experiments[index];
      if (!found) throw missing(`No Experiment with id=${id} exists`);
      if (found.lifecycle_stage !== of)
        throw invalid(
          `The experiment ${id} must be in the '${of}' state. Current state is ${found.lifecycle_stage}.`,
        );
      const patch = change(found, experiments.toSpliced(index, 1));
      experiments[index] = { ...found, ...patch, last_update_time: this.#clock().getTime() };
    });
  }

  async #change<T>(change: (experiments: Experiment[]) => T): Promise<T> {
    await makeFolder(join(this.#path, '..'));
    return withFileLock(`${this.#path}.lock`, async () => {
      const experiments = this.all();
      const answer = change(experiments);
      await writeFileAtomic(this.#path, `${JSON.stringify({ format: 1, experiments }, null, 2)}\n`);
      return answer;
    });
  }

  #new(id: string, name: string, location: string | null, tags: Record<string, string>): Experiment {
    const now = this.#clock().getTime();
    return {
      experiment_id: id,
      name,
      artifact_location: location ?? `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      creation_time: now,
      last_update_time: now,
      tags,
    };
  }
}

export function checkFree(experiments: readonly Experiment[], name: string): void {
  const taken = experiments.find((each) => each.name === name);
  if (taken === undefined) return;
  const how = taken.lifecycle_stage === 'deleted' ? ' in deleted state' : '';
  throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists${how}.`);
}

export function checkName(name: string): void {
  if (name.length > limits.experimentName)
    throw invalid(`Experiment name exceeds the maximum length of ${limits.experimentName} characters`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
