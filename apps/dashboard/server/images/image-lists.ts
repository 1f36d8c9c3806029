import { UserError } from '@thaw/base';
import type { FileStore, RunRecord } from '@thaw/tracking';
import { imageList, listKey } from '../../store/image-list.ts';

/** As many pages may look at sheets at once without the lists being read for each sheet. */
const kept = 4;

interface Listed {
  readonly run: RunRecord;
  readonly files: readonly string[];
}

/** Lists of the images of runs, as pages know them. */
export class ImageLists {
  readonly #store: FileStore;
  readonly #runsDir: string;
  readonly #lists = new Map<string, Promise<Listed>>();

  constructor(store: FileStore, runsDir: string) {
    this.#store = store;
    this.#runsDir = runsDir;
  }

  /** The images of a run in the order that `key` stands for. A UserError (conflict) where they are others by now. */
  async find(query: string, key: string): Promise<Listed> {
    const name = JSON.stringify([query, key]);
    const known = this.#lists.get(name) ?? this.#read(query, key);
    this.#lists.delete(name);
    this.#lists.set(name, known);
    known.catch(() => this.#lists.delete(name));
    for (const oldest of [...this.#lists.keys()].slice(0, -kept)) this.#lists.delete(oldest);
    return known;
  }

  async #read(query: string, key: string): Promise<Listed> {
    const run = await this.#store.run(query);
    const { files } = await imageList(this.#store, run, this.#runsDir);
    if (listKey(files) === key) return { run, files };
    throw new UserError(`the images that are known of run ${run.id} are others by now; open the page again`, {
      kind: 'conflict',
    });
  }
}
