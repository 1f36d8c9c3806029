import { sum } from '@thaw/base';
import type { Network } from '../../network.ts';
import type { LayoutFactory } from './layouts/layout.ts';
import { createSession } from './session.ts';
import type { SessionOptions } from './session-options.ts';
import type { OpenGraph, SessionPool } from './session-pool.ts';
import { estimateStepMemory } from './step-memory.ts';
import { buildForwardGraph, buildTrainingGraph, type TrainingGraphOptions } from './training-graph.ts';

export interface GraphSessionsOptions extends SessionOptions {
  readonly layout: LayoutFactory;
  readonly pool: SessionPool;
}

/** Bytes that sessions for several batch sizes may take together; making one anew takes up to a second. */
const limit = 2 ** 30;

/** What a graph trains. */
type Trains = Pick<TrainingGraphOptions, 'trainable' | 'gathers'>;

/** The sessions that one network's graphs are open in: a graph has its batch size built in, and the last batch is often a smaller one. */
export class GraphSessions {
  readonly #network: Network;
  readonly #trains: Trains | null;
  readonly #options: GraphSessionsOptions;
  readonly #open = new Map<number, OpenGraph>();

  /** `trains` is null for a forward pass in inference. */
  constructor(network: Network, trains: Trains | null, options: GraphSessionsOptions) {
    this.#network = network;
    this.#trains = trains;
    this.#options = options;
  }

  /** The graph for batches of this size. */
  async for(batch: number): Promise<OpenGraph> {
    const known = this.#open.get(batch);
    if (known) return known;
    const bytes = [batch, ...this.#open.keys()].map((each) => this.#bytes(each));
    // A session keeps the memory of its largest step for good, so large ones take turns.
    if (sum(bytes) > limit) await this.giveBack();
    const graph = await this.#options.pool.take(this.#key(batch), async () => {
      const { bytes, weights } = this.#build(batch);
      return { session: await createSession(bytes, this.#options, 'disabled'), weights };
    });
    this.#open.set(batch, graph);
    return graph;
  }

  /** Leaves the sessions to others. */
  async giveBack(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    for (const [batch, graph] of open)
      await this.#options.pool.give(this.#key(batch), this.#bytes(batch), graph);
  }

  #build(batch: number) {
    const options = { batch, layout: this.#options.layout };
    return this.#trains === null
      ? buildForwardGraph(this.#network, options)
      : buildTrainingGraph(this.#network, { ...options, ...this.#trains });
  }

  #bytes(batch: number): number {
    const { layout } = this.#options;
    const trainable = this.#trains?.trainable ?? new Set<string>();
    return estimateStepMemory(this.#network, { batch, trainable, layout });
  }

  #key(batch: number): string {
    const { trainable, gathers } = this.#trains ?? {};
    return JSON.stringify([this.#network, batch, trainable && [...trainable].sort(), gathers]);
  }
}
