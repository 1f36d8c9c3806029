/** Where a value was written: `file:line`, or `set` with the override. */
export interface Origin {
  where: string;
  /** Sorts messages: the line, overrides after all lines. */
  order: number;
  /** From 1, in a file; absent for overrides. */
  line?: number;
  column?: number;
  isOverride?: boolean;
}

/** YAML as plain values that still know where they were written. Aliases and merge keys are resolved. */
export type Tree = TreeScalar | TreeList | TreeMap;

export interface TreeScalar {
  kind: 'scalar';
  value: unknown;
  /** A number as the file has it, which tells 1.0 from 1. */
  written?: string;
  origin: Origin;
}

export interface TreeList {
  kind: 'list';
  items: Tree[];
  origin: Origin;
}

export interface TreeMap {
  kind: 'map';
  entries: Map<string, Tree>;
  origin: Origin;
}

/** The tree as JSON-like values. */
export function toPlain(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(toPlain);
    case 'map':
      // fromEntries makes own properties, so that a key `__proto__` is data like any other and is refused as unknown.
      return Object.fromEntries(Array.from(tree.entries, ([key, value]) => [key, toPlain(value)]));
  }
}

/** Plain data as a tree that was written in one place. */
export function fromPlain(value: unknown, origin: Origin): Tree {
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item) => fromPlain(item, origin)), origin };
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value, origin };
  const entries = Object.entries(value).map(([key, inner]) => [key, fromPlain(inner, origin)] as const);
  return { kind: 'map', entries: new Map(entries), origin };
}

/** What stands at a path, or the last thing on the way to it that exists. */
export function deepest(tree: Tree, path: readonly (string | number)[]): Tree {
  let here = tree;
  for (const step of path) {
    const next: Tree | undefined =
      here.kind === 'map'
        ? here.entries.get(String(step))
        : here.kind === 'list'
          ? here.items[Number(step)]
          : undefined;
    if (next === undefined) return here;
    here = next;
  }
  return here;
}
