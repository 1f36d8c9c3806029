import { join } from 'node:path';
import { openModel, type OpenModel } from '@thaw/serving';
import { openModelStore, type VersionRecord } from '@thaw/tracking';

export interface HostedModel {
  readonly version: VersionRecord;
  readonly model: OpenModel;
}

const mostOpen = 3;

/** Keeps the models that were asked for last open. */
export class ModelHost {
  readonly #runsDir: string;
  readonly #open = new Map<string, Promise<OpenModel>>();

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  /** The version that `MODEL`, `MODEL@ALIAS` or `MODEL:VERSION` names now. A UserError where there is none or it is damaged. */
  async get(reference: string): Promise<HostedModel> {
    const store = openModelStore(this.#runsDir);
    const version = await store.resolve(reference);
    const folder = store.folder(version.name, version.version);
    const key = join(folder, version.created);
    const opening = this.#open.get(key) ?? openModel(folder);
    this.#open.delete(key);
    this.#open.set(key, opening);
    opening.catch(() => this.#open.delete(key));
    await this.#closeOldest();
    return { version, model: await opening };
  }

  async #closeOldest(): Promise<void> {
    for (const [key, model] of this.#open) {
      if (this.#open.size <= mostOpen) return;
      this.#open.delete(key);
      await (await model).dispose();
    }
  }
}
