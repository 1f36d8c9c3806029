import { sizeOf } from '../../tensor.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** One dimension of a weight: as Keras has it, and as the graph's layout stores it (the added entries stay zero). */
export interface Dimension {
  readonly plain: number;
  readonly stored: number;
}

export interface TrainingWeight {
  /** `<layer>/<weight>`. */
  readonly key: string;
  readonly dimensions: readonly Dimension[];
  /** Two dimensions at most: Keras's memory order with all but the last dimension joined. */
  readonly graphShape: readonly number[];
  /** What a step makes of it: moved by its gradient, moved towards a statistic of the batch, or nothing. */
  readonly fate: 'trained' | 'following' | 'fixed';
  /** What following keeps of the old value at each step, between 0 and 1; null of what does not follow. */
  readonly momentum: number | null;
}

/** A value of the graph that a moving statistic follows. */
interface Followed {
  readonly value: Value;
  readonly momentum: number;
}

/** The weights of a training graph: its inputs, their gradients, and what moving statistics follow. */
export class TrainingWeights {
  readonly #graph: GraphBuilder;
  readonly #trainable: ReadonlySet<string>;
  readonly #declared = new Map<string, Omit<TrainingWeight, 'fate' | 'momentum'>>();
  readonly gradients = new Map<string, Value>();
  readonly followed = new Map<string, Followed>();

  constructor(graph: GraphBuilder, trainable: ReadonlySet<string>) {
    this.#graph = graph;
    this.#trainable = trainable;
  }

  /** Whether the layer's weights train. */
  isTrainable(layer: string): boolean {
    return this.#trainable.has(layer);
  }

  /** Declares a weight as an input of the graph. */
  declare(layer: string, weight: string, ...dimensions: Dimension[]): Value {
    const key = `${layer}/${weight}`;
    const stored = dimensions.map((dimension) => dimension.stored);
    const graphShape = stored.length > 1 ? [sizeOf(stored.slice(0, -1)), stored.at(-1)!] : stored;
    this.#declared.set(key, { key, dimensions, graphShape });
    return this.#graph.input(key, graphShape);
  }

  setGradient(layer: string, weight: string, gradient: Value): void {
    this.gradients.set(`${layer}/${weight}`, gradient);
  }

  /** Each step makes of the weight momentum * weight + (1 - momentum) * value. */
  follow(layer: string, weight: string, value: Value, momentum: number): void {
    this.followed.set(`${layer}/${weight}`, { value, momentum });
  }

  list(): TrainingWeight[] {
    return Array.from(this.#declared.values(), (weight) => ({
      ...weight,
      fate: this.#fate(weight.key),
      momentum: this.followed.get(weight.key)?.momentum ?? null,
    }));
  }

  #fate(key: string): TrainingWeight['fate'] {
    if (this.gradients.has(key)) return 'trained';
    return this.followed.has(key) ? 'following' : 'fixed';
  }
}
