import { compose, invert, type Affinity } from '../verify/affinity.ts';
import type { ImageStore } from '../image-store.ts';
import { acrossOf, between, leastDistance, median, usualDistance, type Group } from './group-distances.ts';
import { comparePixels, leastConfidence, type Link } from '../verify/verify-pair.ts';

const identity: Affinity = [1, 0, 0, 0, 1, 0];
/** Pairs that are compared anew before two groups become one; more where both are large enough to tell two views apart, one if near. */
const witnesses = { near: 1, small: 3, large: 6 };
/** Without witnesses a link must be this sure. */
const sureAlone = 0.8;
/** Members from which on a group shows how much copies of its photograph differ. */
const telling = 3;
/** Distances between two groups that settle whether they are two photographs. */
const enough = 30;
/** Members of two groups that have less in common speak against a link. */
const mostDiffering = 0.6;
/** So near no two photographs come, whatever other members say of how far their groups are from each other. */
const surelyOne = leastDistance / 2;
/** A copy that was changed more than the rest may differ from it by this. */
const lenientDistance = 0.15;

/** Two groups that show one field, but not one photograph; any member stands for its group. */
export interface SharedField {
  readonly a: number;
  readonly b: number;
  readonly confidence: number;
}

/**
 * Images in groups, with the map from each to the first of its group. A link joins two groups only if other members bear it out:
 * the maps say how any of the one lies on any of the other, and pixels say whether that is so. So one false link joins
 * nothing, and none that is true is lost by a chain of small errors, since each comparison starts from its map and refines it.
 *
 * Two photographs of one field look alike where they overlap, but focus, noise and light differ: even the nearest of their copies
 * differ more from each other than copies of one photograph do. Such groups stay apart, and are listed in `sharedFields`.
 */
export class PhotographGroups {
  readonly links: Link[] = [];
  readonly #store: ImageStore;
  readonly #groupOf: Group[];
  readonly #poses: Affinity[];
  /** Whether an image is the negative of the first of its group. */
  readonly #negatives: boolean[];
  readonly #sharedFields: SharedField[] = [];
  /** Links that joined nothing yet. */
  #open: Link[] = [];

  constructor(store: ImageStore) {
    this.#store = store;
    this.#groupOf = Array.from({ length: store.count }, (_, image) => ({
      members: [image],
      distances: [],
      across: new Map(),
      confidence: 1,
    }));
    this.#poses = Array.from({ length: store.count }, () => identity);
    this.#negatives = Array.from({ length: store.count }, () => false);
  }

  /** Joins what the links tie together, the nearest images first. */
  add(links: readonly Link[]): void {
    for (const link of inOrder(links)) if (!this.#join(link, false)) this.#open.push(link);
  }

  /** Tries the links that joined nothing once more, then those of single images that have found no others of their kind. */
  finish(): void {
    this.#open = inOrder(this.#open).filter((link) => !this.#join(link, false));
    this.#open = this.#open.filter((link) => !this.#join(link, true));
  }

  /** Pairs of groups that show one field, each once. */
  get sharedFields(): SharedField[] {
    const found = new Map<string, SharedField>();
    for (const { a, b, confidence } of this.#sharedFields) {
      if (this.areTogether(a, b)) continue;
      const [first, second] = [a, b].map((image) => this.membersOf(image)[0]!).sort((x, y) => x - y);
      found.set(`${first!} ${second!}`, { a: first!, b: second!, confidence });
    }
    return [...found.values()];
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
  #join(link: Link, lenient: boolean): boolean {
    const { a, b } = link;
    if (this.areTogether(a, b)) return true;
    const [groupA, groupB] = [this.#groupOf[a]!, this.#groupOf[b]!];
    const across = acrossOf(groupA, groupB);
    const smaller = Math.min(groupA.members.length, groupB.members.length);
    const both = smaller >= telling;
    const usual = usualDistance(groupA, groupB);
    const isNear = link.distance <= surelyOne;
    if (both && !isNear && across.length >= enough && between(link, across) > usual) return false;
    const found = this.#compare(link);
    const confidence = this.#confidenceOfJoining(link, found);
    if (confidence === null) return false;
    across.push(...found.distances);
    const distance = both ? between(link, across) : median(across.length > 0 ? across : [link.distance]);
    // Two that are near each other, and both far from the rest, are copies of another photograph.
    const isLeft = lenient && smaller === 1 && distance <= lenientDistance;
    if (!isNear && distance > usual && !isLeft) {
      if (both || lenient) this.#sharedFields.push({ a, b, confidence });
      return false;
    }
    const [keep, lose] = groupA.members.length >= groupB.members.length ? [groupA, groupB] : [groupB, groupA];
    // From the pixels of the losing group's first image to those of the keeping group's.
    const map = keep === groupA ? invert(link.affinity) : link.affinity;
    const [inLose, inKeep] = keep === groupA ? [b, a] : [a, b];
    const bridge = compose(compose(invert(this.#poses[inLose]!), map), this.#poses[inKeep]!);
    const isFlipped = link.isInverted !== this.#isInverted(a, b);
    for (const member of lose.members) {
      if (isFlipped) this.#negatives[member] = !this.#negatives[member];
      this.#poses[member] = compose(this.#poses[member]!, bridge);
      this.#groupOf[member] = keep;
      keep.members.push(member);
    }
    keep.distances.push(...lose.distances, ...found.distances);
    for (const [other, distances] of lose.across) {
      other.across.delete(lose);
      if (other !== keep) acrossOf(keep, other).push(...distances);
    }
    keep.across.delete(lose);
    keep.confidence = Math.min(keep.confidence, lose.confidence, confidence);
    this.links.push(link);
    return true;
  }

  /** Compares members of two groups under the maps that a link between the groups stands for. */
  #compare({ a, b, affinity, isInverted, distance, agreement }: Link): {
    agreeing: Link[];
    differing: number;
    distances: number[];
  } {
    const agreeing: Link[] = [];
    let differing = 0;
    for (const [x, y] of this.#pairsBeside(a, b, Math.max(distance, 1 - agreement.share) <= surelyOne)) {
      const map = this.#mapBetween(x, y, a, b, affinity);
      const isOtherwise = isInverted !== (this.#isInverted(x, a) !== this.#isInverted(b, y));
      const found = comparePixels(this.#store, x, y, map, isOtherwise);
      if (!found) continue;
      if (found.confidence >= leastConfidence) agreeing.push(found);
      else if (found.agreement.share < mostDiffering) differing++;
    }
    return { agreeing, differing, distances: agreeing.map(({ distance }) => distance) };
  }

  /** How sure it is that the groups of a link show one field; null when other members speak against it. */
  #confidenceOfJoining(
    { confidence }: Link,
    { agreeing, differing }: { agreeing: readonly Link[]; differing: number },
  ): number | null {
    const agree = agreeing.length;
    if (agree + differing === 0) return confidence >= sureAlone ? confidence : null;
    if (agree <= differing) return null;
    const doubt = agreeing.reduce((product, link) => product * (1 - link.confidence), 1 - confidence);
    return (1 - doubt) * (agree / (agree + differing));
  }

  /** Whether one of two images is a negative of its group's first and the other is not. */
  #isInverted(a: number, b: number): boolean {
    return this.#negatives[a] !== this.#negatives[b];
  }

  /** Pairs of one member of each group, other than (a, b), spread over both groups. */
  #pairsBeside(a: number, b: number, isNear: boolean): [number, number][] {
    const [first, second] = [this.membersOf(a), this.membersOf(b)];
    const both = Math.min(first.length, second.length) >= telling;
    const most = isNear ? witnesses.near : both ? witnesses.large : witnesses.small;
    const pairs: [number, number][] = [];
    const longer = Math.max(first.length, second.length);
    const step = Math.max(1, Math.floor(longer / most));
    for (let i = 0; i < longer && pairs.length < most; i += step) {
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

function inOrder(links: readonly Link[]): Link[] {
  return [...links].sort((x, y) => x.distance - y.distance || x.a - y.a || x.b - y.b);
}
