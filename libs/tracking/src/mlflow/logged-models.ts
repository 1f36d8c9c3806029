import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import type { Clock } from '../files/heartbeat.ts';
import { missing } from './requests/mlflow-error.ts';

const loggedModelSchema = z.object({
  model_id: z.string(),
  experiment_id: z.string(),
  name: z.string(),
  status: z.string(),
  model_type: z.string().nullable(),
  source_run_id: z.string().nullable(),
  /** In ms since 1970. */
  created: z.number(),
  updated: z.number(),
  tags: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
});

export type LoggedModel = z.output<typeof loggedModelSchema>;

/** What MLflow 3 notes of models that runs log, one file each in `<runsDir>/mlflow/models`; their files are artifacts. */
export class LoggedModels {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(runsDir: string, clock: Clock) {
    this.#folder = join(runsDir, 'mlflow', 'models');
    this.#clock = clock;
  }

  async create(
    model: Pick<LoggedModel, 'experiment_id' | 'name' | 'model_type' | 'source_run_id' | 'tags' | 'params'>,
  ): Promise<LoggedModel> {
    const now = this.#clock().getTime();
    const id = `m-${randomBytes(16).toString('hex')}`;
    const made = { model_id: id, status: 'LOGGED_MODEL_PENDING', created: now, updated: now, ...model };
    await this.#write(made);
    return made;
  }

  /** RESOURCE_DOES_NOT_EXIST for an id that none has. */
  async get(id: string): Promise<LoggedModel> {
    const text = /^m-[0-9a-f]{32}$/.test(id) ? await readIfThere(this.#file(id)) : null;
    if (text === null) throw missing(`Logged model with ID '${id}' not found.`);
    return loggedModelSchema.parse(JSON.parse(text));
  }

  /** Oldest first. */
  async all(): Promise<LoggedModel[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const models = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.get(name.slice(0, -5))),
    );
    return models.sort((a, b) => a.created - b.created);
  }

  async update(id: string, change: (model: LoggedModel) => Partial<LoggedModel>): Promise<LoggedModel> {
    const model = await this.get(id);
    const changed = { ...model, ...change(model), updated: this.#clock().getTime() };
    await this.#write(changed);
    return changed;
  }

  async delete(id: string): Promise<void> {
    await this.get(id);
    await rm(this.#file(id), { force: true });
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  async #write(model: LoggedModel): Promise<void> {
    await writeFileAtomic(this.#file(model.model_id), `${JSON.stringify(model, null, 2)}\n`);
  }
}
