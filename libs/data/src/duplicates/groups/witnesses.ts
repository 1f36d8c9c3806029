import { leastConfidence, type Comparison, type Link } from '../verify/comparison.ts';
import { sharesGrain } from './kin.ts';

/** Pairs that are compared anew before two groups become one; more where both are large enough to tell two views apart, one if near. */
const witnesses = { near: 1, small: 3, large: 6 };
/** Members from which on a group shows how much copies of its photograph differ. */
export const telling = 3;
/** Members of two groups that have less in common speak against a link. */
const mostDiffering = 0.6;

/** What other members of two groups say of a link between them. */
export interface Heard {
  readonly agreeing: readonly Link[];
  readonly differing: number;
  readonly distances: readonly number[];
}

/** Pairs of one member of each group, other than (a, b), spread over both groups. */
export function pairsBeside(
  first: readonly number[],
  second: readonly number[],
  { a, b }: Pick<Link, 'a' | 'b'>,
  isNear: boolean,
): [number, number][] {
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

/** What was found of other members. Where a link's images share their grain, others that do so differ in what was written over them alone. */
export function heard(link: Link, compared: readonly (Comparison | null)[]): Heard {
  const agreeing = compared.filter(
    (found) => found !== null && found.confidence >= leastConfidence,
  ) as Link[];
  const differing = compared.filter(
    (found) =>
      found !== null &&
      found.confidence < leastConfidence &&
      found.agreement.share < mostDiffering &&
      !(sharesGrain(link) && sharesGrain(found)),
  ).length;
  return { agreeing, differing, distances: agreeing.map(({ distance }) => distance) };
}

/** How sure it is that the groups of a link show one field; null when other members speak against it. */
export function confidenceOfJoining({ confidence }: Link, { agreeing, differing }: Heard): number | null {
  const agree = agreeing.length;
  // Without witnesses a link must be as sure as one that is used.
  if (agree + differing === 0) return confidence >= leastConfidence ? confidence : null;
  if (agree <= differing) return null;
  const doubt = agreeing.reduce((product, link) => product * (1 - link.confidence), 1 - confidence);
  return (1 - doubt) * (agree / (agree + differing));
}
