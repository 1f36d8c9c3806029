import { compose, invert, type Affinity } from './affinity.ts';
import { correlate } from './correlate.ts';
import type { ImageStore } from './image-store.ts';
import { confirm, leastOverlap, type Link } from './verify-pair.ts';

const identity: Affinity = [1, 0, 0, 0, 1, 0];
/** Pairs that are compared anew before two groups become one. */
const witnesses = 4;
/** Without witnesses a link must be this sure. */
const sureAlone = 0.8;

interface Group {
  readonly members: number[];
  confidence: number;
}

/**
 * Images in groups, with the map from each to the first of its group. A link joins two groups only if other members bear it out:
 * the maps say how any of the one lies on any of the other, and pixels say whether that is so. So one false link joins
 * nothing, and none that is true is lost by a chain of small errors, since each comparison starts from its map and refines it.
 */
export class PhotographGroups {
  readonly links: Link[] = [];
  readonly #store: ImageStore;
  readonly #groupOf: Group[];
  readonly #poses: Affinity[];

  constructor(store: ImageStore) {
    this.#store = store;
    this.#groupOf = Array.from({ length: store.count }, (_, image) => ({ members: [image], confidence: 1 }));
    this.#poses = Array.from({ length: store.count }, () => identity);
  }

  areTogether(a: number, b: number): boolean {
    return this.#groupOf[a] === this.#groupOf[b];
  }

  membersOf(image: number): readonly number[] {
    return this.#groupOf[image]!.members;
  }

  confidenceOf(image: number): number {
    return this.#groupOf[image]!.confidence;
  }

  /** Joins the groups of a link's images if other members agree; tells whether they are together now. */
  join(link: Link): boolean {
    const { a, b } = link;
    if (this.areTogether(a, b)) return true;
    const confidence = this.#confidenceOfJoining(link);
    if (confidence === null) return false;
    const [keep, lose] =
      this.membersOf(a).length >= this.membersOf(b).length
        ? [this.#groupOf[a]!, this.#groupOf[b]!]
        : [this.#groupOf[b]!, this.#groupOf[a]!];
    // From the pixels of the losing group's first image to those of the keeping group's.
    const across = keep === this.#groupOf[a] ? invert(link.affinity) : link.affinity;
    const [inLose, inKeep] = keep === this.#groupOf[a] ? [b, a] : [a, b];
    const bridge = compose(compose(invert(this.#poses[inLose]!), across), this.#poses[inKeep]!);
    for (const member of lose.members) {
      this.#poses[member] = compose(this.#poses[member]!, bridge);
      this.#groupOf[member] = keep;
      keep.members.push(member);
    }
    keep.confidence = Math.min(keep.confidence, lose.confidence, confidence);
    this.links.push(link);
    return true;
  }

  /** How sure it is that the groups of a link show one photograph; null when other members speak against it. */
  #confidenceOfJoining({ a, b, confidence, affinity }: Link): number | null {
    let [agree, differ, doubt] = [0, 0, 1 - confidence];
    for (const [x, y] of this.#pairsBeside(a, b)) {
      const map = this.#mapBetween(x, y, a, b, affinity);
      const link = confirm(this.#store, x, y, { affinity: map, inliers: [] });
      if (link) {
        agree++;
        doubt *= 1 - link.confidence;
      } else if (correlate(this.#store, x, y, map).overlap >= leastOverlap) differ++;
    }
    if (agree + differ === 0) return confidence >= sureAlone ? confidence : null;
    return agree > differ ? (1 - doubt) * (agree / (agree + differ)) : null;
  }

  /** Up to `witnesses` pairs of one member of each group, other than (a, b), spread over both groups. */
  #pairsBeside(a: number, b: number): [number, number][] {
    const [first, second] = [this.membersOf(a), this.membersOf(b)];
    const pairs: [number, number][] = [];
    const longer = Math.max(first.length, second.length);
    const step = Math.max(1, Math.floor(longer / witnesses));
    for (let i = 0; i < longer && pairs.length < witnesses; i += step) {
      const pair: [number, number] = [first[i % first.length]!, second[i % second.length]!];
      if (pair[0] !== a || pair[1] !== b) pairs.push(pair);
    }
    return pairs;
  }

  /** From the pixels of `x` (in the group of `a`) to those of `y` (in that of `b`), by way of a map from `a` to `b`. */
  #mapBetween(x: number, y: number, a: number, b: number, affinity: Affinity): Affinity {
    const toA = compose(this.#poses[x]!, invert(this.#poses[a]!));
    const toY = compose(this.#poses[b]!, invert(this.#poses[y]!));
    return compose(compose(toA, affinity), toY);
  }
}
