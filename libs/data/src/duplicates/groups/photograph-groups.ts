import { leastDistance, type Comparison, type Link, type Placement } from '../verify/comparison.ts';
import { acrossOf, between, median, usualDistance, type Group } from './group-distances.ts';
import { sharesGrain } from './kin.ts';
import { Poses } from './poses.ts';
import { confidenceOfJoining, heard, pairsBeside, telling } from './witnesses.ts';

/** Distances between two groups that settle whether they are two photographs. */
const enough = 30;
/** So near no two photographs come, whatever other members say of how far their groups are from each other. */
const surelyOne = leastDistance / 2;
/** A copy that was changed more than the rest may differ from it by this, or by more where it has its photograph's grain. */
const lenientDistance = 0.15;

/** Two groups that show one field, but not one photograph; any member stands for its group. */
export interface SharedField {
  readonly a: number;
  readonly b: number;
  readonly confidence: number;
}

/** Compares images under given maps, each pair by itself. */
type Compare = (placements: readonly Placement[]) => Promise<readonly (Comparison | null)[]>;

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
  readonly #compare: Compare;
  readonly #groupOf: Group[];
  readonly #poses: Poses;
  readonly #sharedFields: SharedField[] = [];
  /** Links that joined nothing yet. */
  #open: Link[] = [];

  constructor(count: number, compare: Compare) {
    this.#compare = compare;
    this.#groupOf = Array.from({ length: count }, (_, image) => ({
      members: [image],
      distances: [],
      across: new Map(),
      confidence: 1,
    }));
    this.#poses = new Poses(count);
  }

  /** Joins what the links tie together, the nearest images first. */
  async add(links: readonly Link[]): Promise<void> {
    this.#open.push(...(await this.#joinAll(links, false)));
  }

  /**
   * Tries the links that joined nothing once more, then those of single images that have found no others of their kind, but for links
   * that are known to be between two photographs: `fields`, which were not added, and those of others that `isOther` tells.
   */
  async finish(isOther: (link: Link) => boolean, fields: readonly Link[]): Promise<void> {
    this.#sharedFields.push(...fields, ...this.#open.filter(isOther));
    this.#open = this.#open.filter((link) => !isOther(link));
    this.#open = await this.#joinAll(this.#open, false);
    this.#open = await this.#joinAll(this.#open, true);
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

  /** Joins what links tie together, in order, and returns those that join nothing. Links of different groups are tried side by side. */
  async #joinAll(links: readonly Link[], lenient: boolean): Promise<Link[]> {
    const apart: Link[] = [];
    for (let left = inOrder(links); left.length > 0;) {
      const waitedFor = new Set<Group>();
      const now: Link[] = [];
      const later: Link[] = [];
      for (const link of left) {
        if (this.areTogether(link.a, link.b)) continue;
        const groups = [this.#groupOf[link.a]!, this.#groupOf[link.b]!];
        (groups.some((group) => waitedFor.has(group)) ? later : now).push(link);
        for (const group of groups) waitedFor.add(group);
      }
      const placements = now.map((link) => this.#witnesses(link));
      const found = await this.#compare(placements.flat());
      let next = 0;
      for (const [i, link] of now.entries()) {
        const ofLink = found.slice(next, (next += placements[i]!.length));
        if (!this.#join(link, ofLink, lenient)) apart.push(link);
      }
      left = later;
    }
    return apart;
  }

  /** Joins the groups of a link's images if other members, as they were compared, agree; tells whether they do. */
  #join(link: Link, compared: readonly (Comparison | null)[], lenient: boolean): boolean {
    const { a, b } = link;
    const [groupA, groupB] = [this.#groupOf[a]!, this.#groupOf[b]!];
    const across = acrossOf(groupA, groupB);
    const smaller = Math.min(groupA.members.length, groupB.members.length);
    const both = smaller >= telling;
    const usual = usualDistance(groupA, groupB);
    const isNear = link.distance <= surelyOne;
    if (this.#isSettled(link)) return false;
    const found = heard(link, compared);
    const confidence = confidenceOfJoining(link, found);
    if (confidence === null) return false;
    across.push(...found.distances);
    const distance = both ? between(link, across) : median(across.length > 0 ? across : [link.distance]);
    // Two that are near each other, and both far from the rest, are copies of another photograph.
    const isLeft = lenient && smaller === 1 && (distance <= lenientDistance || sharesGrain(link));
    if (!isNear && distance > usual && !isLeft) {
      if (both || lenient) this.#sharedFields.push({ a, b, confidence });
      return false;
    }
    const [keep, lose] = groupA.members.length >= groupB.members.length ? [groupA, groupB] : [groupB, groupA];
    this.#poses.move(lose.members, link, lose === groupB);
    for (const member of lose.members) this.#groupOf[member] = keep;
    keep.members.push(...lose.members);
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

  /** Whether a link's groups are two photographs for all that their members have shown so far. */
  #isSettled(link: Link): boolean {
    const [groupA, groupB] = [this.#groupOf[link.a]!, this.#groupOf[link.b]!];
    if (Math.min(groupA.members.length, groupB.members.length) < telling || link.distance <= surelyOne)
      return false;
    const across = acrossOf(groupA, groupB);
    return across.length >= enough && between(link, across) > usualDistance(groupA, groupB);
  }

  /** Members of a link's two groups, as they lie on each other if the link is right. */
  #witnesses(link: Link): Placement[] {
    const { a, b, distance, agreement } = link;
    // Other members are not bent the same way.
    if (link.isBent || this.#isSettled(link)) return [];
    const isNear = Math.max(distance, 1 - agreement.share) <= surelyOne;
    return pairsBeside(this.membersOf(a), this.membersOf(b), link, isNear).map(([x, y]) =>
      this.#poses.placementOf(x, y, link),
    );
  }
}

function inOrder(links: readonly Link[]): Link[] {
  return [...links].sort((x, y) => x.distance - y.distance || x.a - y.a || x.b - y.b);
}
