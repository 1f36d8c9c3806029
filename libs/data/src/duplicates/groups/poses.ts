import { compose, invert, type Affinity } from '../verify/affinity.ts';
import type { Placement } from '../verify/comparison.ts';

const identity: Affinity = [1, 0, 0, 0, 1, 0];

/** How each image lies on the first of its group: the map to that one's pixels, and whether it is that one's negative. */
export class Poses {
  readonly #maps: Affinity[];
  readonly #negatives: boolean[];

  /** Of so many images, each the first of a group of its own. */
  constructor(count: number) {
    this.#maps = Array.from({ length: count }, () => identity);
    this.#negatives = Array.from({ length: count }, () => false);
  }

  /** How `x`, in the group of a link's first image, lies on `y`, in that of its second, if the link is right. */
  placementOf(x: number, y: number, { a, b, affinity, isInverted }: Placement): Placement {
    const toA = compose(this.#maps[x]!, invert(this.#maps[a]!));
    const toY = compose(this.#maps[b]!, invert(this.#maps[y]!));
    return {
      a: x,
      b: y,
      affinity: compose(compose(toA, affinity), toY),
      isInverted: isInverted !== (this.#isOtherwise(x, a) !== this.#isOtherwise(b, y)),
    };
  }

  /** Has the members of one of a link's groups, that of its second image if `isSecond`, lie on the first of the other one. */
  move(members: readonly number[], { a, b, affinity, isInverted }: Placement, isSecond: boolean): void {
    const [from, to] = isSecond ? [b, a] : [a, b];
    const map = isSecond ? invert(affinity) : affinity;
    const bridge = compose(compose(invert(this.#maps[from]!), map), this.#maps[to]!);
    const isFlipped = isInverted !== this.#isOtherwise(a, b);
    for (const member of members) {
      if (isFlipped) this.#negatives[member] = !this.#negatives[member];
      this.#maps[member] = compose(this.#maps[member]!, bridge);
    }
  }

  /** Whether one of two images is a negative of its group's first and the other is not. */
  #isOtherwise(a: number, b: number): boolean {
    return this.#negatives[a] !== this.#negatives[b];
  }
}
