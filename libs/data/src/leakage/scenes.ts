/** Two photographs, by the names of their groups, that show one scene. */
export interface ScenePair {
  readonly a: string;
  readonly b: string;
  readonly confidence: number;
}

/** Photographs from which on a scene is not joined to another such by a single pair. */
const large = 3;

/**
 * The scene of every photograph that shows one with another, by the photograph; named by the smallest name in it.
 *
 * Pairs are joined, the surest first, also through photographs that overlap with both: a split could not part them. But a
 * pair alone joins no two scenes of three photographs or more, since one false pair would make one scene of everything: that takes
 * two pairs that have no photograph in common.
 */
export function joinScenes(pairs: readonly ScenePair[]): ReadonlyMap<string, string> {
  const sceneOf = new Map<string, Set<string>>();
  for (const name of pairs.flatMap(({ a, b }) => [a, b])) sceneOf.set(name, new Set([name]));
  const ends = ({ a, b }: ScenePair) => [sceneOf.get(a)!, sceneOf.get(b)!] as const;
  const join = (pair: ScenePair) => {
    const [a, b] = ends(pair);
    const [keep, lose] = a.size >= b.size ? [a, b] : [b, a];
    if (keep === lose) return;
    for (const name of lose) sceneOf.set(name, keep.add(name));
  };
  const areApart = (pair: ScenePair) => {
    const [a, b] = ends(pair);
    return a !== b;
  };
  let open = [...pairs].sort((x, y) => y.confidence - x.confidence || order(x.a, y.a) || order(x.b, y.b));
  for (let before = Infinity; open.length < before;) {
    before = open.length;
    for (const pair of open) if (Math.min(...ends(pair).map(({ size }) => size)) < large) join(pair);
    open = open.filter(areApart);
    tiedTwice(open, ends).forEach(join);
    open = open.filter(areApart);
  }
  const names = new Map([...new Set(sceneOf.values())].map((scene) => [scene, [...scene].sort(order)[0]!]));
  return new Map([...sceneOf].map(([photograph, scene]) => [photograph, names.get(scene)!]));
}

/** A pair for every two scenes that two pairs without a common photograph tie. */
function tiedTwice<Scene>(
  pairs: readonly ScenePair[],
  ends: (pair: ScenePair) => readonly [Scene, Scene],
): ScenePair[] {
  const numbers = new Map<Scene, number>();
  const numberOf = (scene: Scene) => numbers.get(scene) ?? numbers.set(scene, numbers.size).size - 1;
  const ties = new Map<string, { pair: ScenePair; firsts: Set<string>; seconds: Set<string> }>();
  for (const pair of pairs) {
    const [x, y] = ends(pair).map(numberOf) as [number, number];
    const [first, second] = x < y ? [pair.a, pair.b] : [pair.b, pair.a];
    const key = `${Math.min(x, y)} ${Math.max(x, y)}`;
    const tie = ties.get(key) ?? { pair, firsts: new Set(), seconds: new Set() };
    ties.set(key, tie);
    tie.firsts.add(first);
    tie.seconds.add(second);
  }
  // Pairs between two scenes that all meet each other meet in one photograph.
  return [...ties.values()]
    .filter(({ firsts, seconds }) => firsts.size > 1 && seconds.size > 1)
    .map(({ pair }) => pair);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
