import { join } from 'node:path';
import { KeptOpen, openModel, type OpenModel } from '@thaw/serving';
import { openModelStore, type VersionRecord } from '@thaw/tracking';

export interface HostedModel {
  readonly version: VersionRecord;
  readonly model: OpenModel;
}

const mostOpen = 3;

/** Keeps the models that were asked for last open. */
export class ModelHost {
  readonly #runsDir: string;
  readonly #open = new KeptOpen<OpenModel>(mostOpen);

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  /**
   * Gives `work` the version that `MODEL`, `MODEL@ALIAS` or `MODEL:VERSION` names now. A UserError where there is none or it is
   * damaged.
   */
  async use<T>(reference: string, work: (hosted: HostedModel) => Promise<T>): Promise<T> {
    const store = openModelStore(this.#runsDir);
    const version = await store.resolve(reference);
    const folder = store.folder(version.name, version.version);
    return this.#open.use(
      join(folder, version.created),
      () => openModel(folder),
      (model) => work({ version, model }),
    );
  }
}
