import type { DetectedGroups } from '../detected-groups.ts';
import { tieOf, type Tie } from '../tie.ts';
import { leastOffered, type Comparison } from '../verify/comparison.ts';
import type { PhotographGroups } from './photograph-groups.ts';
import { scenePairs } from './scene-pairs.ts';

/** What the groups of `count` images say, with the scenes and the links to offer among comparisons of images that are apart. */
export function groupsFound(
  groups: PhotographGroups,
  open: readonly Comparison[],
  count: number,
): DetectedGroups {
  const numbers = new Map<readonly number[], number>();
  const confidence: number[] = [];
  const numbered = Array.from({ length: count }, (_, image) => {
    const members = groups.membersOf(image);
    const known = numbers.get(members);
    if (known !== undefined) return known;
    numbers.set(members, confidence.length);
    return confidence.push(groups.confidenceOf(image)) - 1;
  });
  const apart = open.filter(({ a, b }) => !groups.areTogether(a, b));
  const scenes = new Map<string, Tie>();
  const addScene = (a: number, b: number, confidence: number, isSurer: boolean) => {
    const tie = tieOf(numbered[a]!, numbered[b]!, confidence);
    const key = `${tie.a} ${tie.b}`;
    if (tie.a !== tie.b && (isSurer || confidence > (scenes.get(key)?.confidence ?? 0))) scenes.set(key, tie);
  };
  for (const { a, b, agreement } of scenePairs(open, (a, b) => groups.areTogether(a, b)))
    addScene(a, b, agreement.share, false);
  for (const { a, b, confidence } of groups.sharedFields) addScene(a, b, confidence, true);
  return {
    groups: numbered,
    confidence,
    links: groups.links.map(tieBetween),
    offered: apart.filter(({ confidence }) => confidence >= leastOffered).map(tieBetween),
    sharedFields: [...scenes.values()],
  };
}

function tieBetween({ a, b, confidence }: Comparison): Tie {
  return tieOf(a, b, confidence);
}
