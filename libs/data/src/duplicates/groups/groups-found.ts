import type { DetectedGroups } from '../detected-groups.ts';
import { tieOf, type Tie } from '../tie.ts';
import { leastOffered, mostOffered, type Comparison } from '../verify/comparison.ts';
import type { PhotographGroups } from './photograph-groups.ts';
import { scenePairs } from './scene-pairs.ts';
import { withoutScenes } from './weigh-links.ts';

/**
 * What the groups of `count` images say, with the scenes and the links to offer among comparisons of images that are apart. Not offered
 * is what is known of two photographs: by `isOther`, by their groups, or as frames of one scene.
 */
export function groupsFound(
  groups: PhotographGroups,
  open: readonly Comparison[],
  count: number,
  isOther: (comparison: Comparison) => boolean,
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
  const scenes = new Map<string, Tie>();
  const addScene = (a: number, b: number, confidence: number, isSurer: boolean) => {
    const tie = tieOf(numbered[a]!, numbered[b]!, confidence);
    const key = `${tie.a} ${tie.b}`;
    if (tie.a !== tie.b && (isSurer || confidence > (scenes.get(key)?.confidence ?? 0))) scenes.set(key, tie);
  };
  const { sharedFields } = groups;
  for (const { a, b, agreement } of scenePairs(open, (a, b) => groups.areTogether(a, b)))
    addScene(a, b, agreement.share, false);
  for (const { a, b, confidence } of sharedFields) addScene(a, b, confidence, true);
  const keyOf = ({ a, b }: Pick<Tie, 'a' | 'b'>) =>
    [numbered[a]!, numbered[b]!].sort((x, y) => x - y).join(' ');
  const settled = new Set(sharedFields.map(keyOf));
  const unsure = open.filter(
    (comparison) =>
      comparison.confidence >= leastOffered &&
      !groups.areTogether(comparison.a, comparison.b) &&
      !settled.has(keyOf(comparison)) &&
      !isOther(comparison),
  );
  return {
    groups: numbered,
    confidence,
    links: groups.links.map(({ a, b, confidence }) => tieOf(a, b, confidence)),
    offered: withoutScenes(unsure, (image) => groups.membersOf(image)).map(({ a, b, confidence }) =>
      tieOf(a, b, Math.min(confidence, mostOffered)),
    ),
    sharedFields: [...scenes.values()],
  };
}
