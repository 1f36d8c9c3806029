import { sum } from '@thaw/base';
import type { InferenceSession } from 'onnxruntime-node';
import type { TrainingWeight } from './training-weights.ts';

/** A graph whose weights are inputs, opened in ONNX Runtime. */
export interface OpenGraph {
  readonly session: InferenceSession;
  readonly weights: readonly TrainingWeight[];
}

interface Idle {
  readonly key: string;
  readonly bytes: number;
  readonly graph: OpenGraph;
}

/** Bytes that idle sessions may hold together: those of small steps, beside which opening one anew takes long. */
const limit = 2 ** 28;

/** Sessions that nobody uses, kept for who needs the same graph next: the next epoch, or the next trial with the same network. */
export class SessionPool {
  /** Those given back last stand last. */
  readonly #idle: Idle[] = [];

  /** `key` says all that the graph is made of. */
  async take(key: string, open: () => Promise<OpenGraph>): Promise<OpenGraph> {
    const at = this.#idle.findLastIndex((each) => each.key === key);
    return at === -1 ? open() : this.#idle.splice(at, 1)[0]!.graph;
  }

  /** Gives a session back that holds so much memory. One that is too large goes at once; of too many those go that were given back first. */
  async give(key: string, bytes: number, graph: OpenGraph): Promise<void> {
    if (bytes > limit) return graph.session.release();
    this.#idle.push({ key, bytes, graph });
    while (sum(this.#idle.map((each) => each.bytes)) > limit)
      await this.#idle.shift()!.graph.session.release();
  }
}
