import type { Layer, Network } from '@thaw/compute';
import { layerOutputShape } from './shapes.ts';

type WithoutInputs<L> = L extends unknown ? Omit<L, 'inputs'> : never;

/** Puts layers one after the other and knows the shape that has come out so far. */
export class NetworkBuilder {
  readonly #input: Network['input'];
  readonly #layers: Layer[] = [];
  readonly #shapes = new Map<string, readonly number[]>();

  constructor(name: string, shape: readonly number[]) {
    this.#input = { name, shape };
    this.#shapes.set(name, shape);
  }

  /** The name of the newest layer, or of the input. */
  get last(): string {
    return this.#layers.at(-1)?.name ?? this.#input.name;
  }

  /** The newest output's shape, without the batch. */
  get shape(): readonly number[] {
    return this.#shapes.get(this.last)!;
  }

  /** Adds a layer on top of the newest, or of the layers named. */
  add(layer: WithoutInputs<Layer>, inputs: readonly string[] = [this.last]): void {
    const whole = { ...layer, inputs } as Layer;
    this.#shapes.set(
      whole.name,
      layerOutputShape(
        whole,
        inputs.map((name) => this.#shapes.get(name)!),
      ),
    );
    this.#layers.push(whole);
  }

  build(): Network {
    return { input: this.#input, layers: this.#layers };
  }
}
