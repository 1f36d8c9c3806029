import type { Document, LineCounter, Node, Pair } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Mistake } from '../messages/mistake.ts';
import type { Origin, Tree, TreeMap } from './tree.ts';

/** No experiment needs as much; aliases of aliases ("billion laughs") get there at once. */
const MOST_VALUES = 10_000;
const DEEPEST = 32;

/** Ends reading: what follows would only repeat the same mistake. */
export class YamlLimit extends Error {}

/** Turns a parsed document into a `Tree`: resolves aliases and merge keys, and notes keys that stand twice or are not words. */
export class YamlTreeBuilder {
  readonly mistakes: Mistake[] = [];
  /** Whether an alias has no anchor, so that values are missing from the tree. */
  lacksValues = false;
  #values = 0;
  /** Of the alias that is being put in, the outermost one. */
  #alias: Origin | null = null;
  readonly #document: Document.Parsed;
  readonly #originAt: (offset: number) => Origin;

  constructor(document: Document.Parsed, originAt: (offset: number) => Origin) {
    this.#document = document;
    this.#originAt = originAt;
  }

  /** `origin` is where the value was announced (its key, the start of the file); block sections stand there. */
  build(node: Node | null, path: string[], origin: Origin): Tree {
    this.#values += 1;
    if (this.#values > MOST_VALUES || path.length > DEEPEST) {
      const most = `at most ${String(MOST_VALUES)} values, ${String(DEEPEST)} levels deep, after aliases are put in`;
      this.mistakes.push({
        origin: this.#alias ?? origin,
        path: [],
        message: `found too many nested values; allowed: ${most}`,
      });
      throw new YamlLimit();
    }
    if (isAlias(node)) return this.#resolve(node, path, origin);
    if (isMap<Node, Node | null>(node)) return this.#map(node.items, path, origin);
    if (isSeq<Node>(node)) {
      const items = node.items.map((item, index) =>
        this.build(item, [...path, String(index)], this.#start(item, origin)),
      );
      return { kind: 'list', items, origin };
    }
    if (isScalar(node) && node.value !== null) {
      const written = typeof node.value === 'number' ? { written: node.source } : {};
      return { kind: 'scalar', value: node.value, ...written, origin: this.#start(node, origin) };
    }
    return { kind: 'scalar', value: null, origin };
  }

  #resolve(node: Node & { source: string }, path: string[], origin: Origin): Tree {
    const target = isAlias(node) ? node.resolve(this.#document) : undefined;
    if (target !== undefined) {
      const outer = this.#alias;
      this.#alias ??= this.#start(node, origin);
      const tree = this.build(target, path, origin);
      this.#alias = outer;
      return tree;
    }
    this.lacksValues = true;
    this.#note(
      node,
      path,
      origin,
      `found *${node.source}; allowed: the name of an anchor (&${node.source}) above`,
    );
    return { kind: 'scalar', value: null, origin };
  }

  #map(pairs: Pair<Node, Node | null>[], path: string[], origin: Origin): TreeMap {
    const entries = new Map<string, Tree>();
    const merged: Tree[] = [];
    for (const { key, value } of pairs) {
      const keyOrigin = this.#start(key, origin);
      if (isMergeKey(key)) {
        merged.push(...this.#merge(value, path, keyOrigin));
        continue;
      }
      const name = keyName(key);
      if (name === null) {
        this.#note(key, path, origin, 'found a key that is not a word; allowed: plain words as keys');
        continue;
      }
      const first = entries.get(name);
      const tree = this.build(value, [...path, name], keyOrigin);
      if (first === undefined) entries.set(name, tree);
      else {
        const message = `found this key a second time (first at ${first.origin.where}); allowed: each key once`;
        this.mistakes.push({ origin: keyOrigin, path: [...path, name], message });
      }
    }
    for (const map of merged) {
      if (map.kind !== 'map') continue;
      for (const [name, tree] of map.entries) if (!entries.has(name)) entries.set(name, tree);
    }
    return { kind: 'map', entries, origin };
  }

  /** What `<<:` brings in: a mapping or a list of mappings, the earlier ones first. */
  #merge(value: Node | null, path: string[], origin: Origin): Tree[] {
    const tree = this.build(value, path, origin);
    const maps = tree.kind === 'list' ? tree.items : [tree];
    if (maps.every((map) => map.kind === 'map')) return maps;
    this.mistakes.push({
      origin,
      path: [...path, '<<'],
      message:
        'found something that is not a section; allowed: an alias of a section (*name), or a list of such',
    });
    return [];
  }

  #note(node: Node, path: string[], origin: Origin, message: string): void {
    this.mistakes.push({ origin: this.#start(node, origin), path, message });
  }

  #start(node: Node | null, otherwise: Origin): Origin {
    return node?.range ? this.#originAt(node.range[0]) : otherwise;
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

function keyName(key: Node): string | null {
  if (!isScalar(key) || key.value === null) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** Lines and columns of a file by offset. */
export function linesOf(file: string, lines: LineCounter): (offset: number) => Origin {
  return (offset) => {
    const { line, col: column } = lines.linePos(offset);
    return { where: `${file}:${String(line)}`, order: line, line, column };
  };
}
