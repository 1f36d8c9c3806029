import type { Dataset } from '@thaw/data';
import type { LoadedWeights } from '@thaw/model';
import type { InputSource } from '../sources/input-source.ts';

interface Slot<T> {
  readonly key: string;
  readonly value: Promise<T>;
}

/**
 * What the trials of one process have in common: the data set, the pretrained weights and the opened source of inputs, each
 * as the last trial had it. A trial that needs another takes its place, so memory does not grow with the trials.
 */
export class TrialMemory {
  #dataset: Slot<Dataset> | null = null;
  #weights: Slot<LoadedWeights> | null = null;
  #source: { readonly key: string; readonly value: InputSource } | null = null;

  /** `key` says all that the data set depends on. */
  dataset(key: string, load: () => Promise<Dataset>): Promise<Dataset> {
    if (this.#dataset?.key !== key) this.#dataset = { key, value: load() };
    return this.#dataset.value;
  }

  weights(key: string, load: () => Promise<LoadedWeights>): Promise<LoadedWeights> {
    if (this.#weights?.key !== key) this.#weights = { key, value: load() };
    return this.#weights.value;
  }

  async source(key: string, make: () => InputSource): Promise<InputSource> {
    if (this.#source?.key === key) return this.#source.value;
    await this.#disposeSource();
    const value = make();
    this.#source = { key, value };
    return value;
  }

  /** Forgets everything, as after a trial that failed: the next one begins afresh. */
  async clear(): Promise<void> {
    this.#dataset = this.#weights = null;
    await this.#disposeSource();
  }

  async #disposeSource(): Promise<void> {
    const source = this.#source;
    this.#source = null;
    await source?.value.dispose();
  }
}
