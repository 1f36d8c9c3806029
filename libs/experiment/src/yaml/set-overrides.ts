import type { Mistake } from '../messages/mistake.ts';
import { dotted } from '../messages/problem.ts';
import { readYamlValue } from './read-yaml.ts';
import { show } from '../messages/show.ts';
import { openSection } from '../trial-input.ts';
import type { Origin, Tree, TreeMap } from './tree.ts';
import { fromPlain, toPlain } from './tree.ts';

const AFTER_ALL_LINES = 1e9;

/**
 * Applies `path=value` overrides (values in YAML) to a file's tree, in place and in order, and returns the mistakes in them.
 * Giving a setting that the file varies fixes it: its parameter goes.
 */
export function setOverrides(root: TreeMap, overrides: readonly string[]): Mistake[] {
  return overrides.flatMap((override, index) => {
    const origin = { where: `set ${override}`, order: AFTER_ALL_LINES + index, isOverride: true };
    return setOverride(root, override, origin).map((mistake) => ({ path: [], ...mistake, origin }));
  });
}

type Slip = Pick<Mistake, 'message'> & Partial<Mistake>;

function setOverride(root: TreeMap, override: string, origin: Origin): Slip[] {
  const [left = '', ...right] = override.split('=');
  const path = left.trim().split('.');
  if (right.length === 0 || path.includes('')) {
    return [{ message: 'found no path before a value; allowed: path=value, such as training.epochs=5' }];
  }
  const { tree, mistakes } = readYamlValue(right.join('='), origin);
  if (tree === null || mistakes.length > 0) return mistakes.map((mistake) => ({ ...mistake, path }));
  const [section, ...inner] = path;
  if (section === 'parameters' && inner.length > 0) return setParameter(root, inner, tree);
  const varied = path.slice(0, -1).map((_, index) => path.slice(0, index + 1));
  const whole = varied.find((prefix) => parameterHolders(root, prefix).length > 0);
  if (whole !== undefined) {
    const message = `found a part of ${dotted(whole)}, which the sweep varies as a whole; allowed: ${dotted(whole)}=... to fix it, or parameters.${dotted(whole)}.values=[...]`;
    return [{ path, message }];
  }
  dropParameter(root, path);
  return setAt(root, path, tree);
}

function setAt(root: TreeMap, path: readonly string[], value: Tree): Slip[] {
  let here = root;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const next = here.entries.get(step);
    const at = path.slice(0, index + 1);
    if (next?.kind === 'map') here = next;
    else {
      const opened = openSection(at, next && toPlain(next));
      if (opened === null) {
        const message = `found ${show(next && toPlain(next))} at ${next?.origin.where ?? ''}; allowed: a section, to set ${dotted(path)} in it`;
        return [{ path: at, message }];
      }
      const section = fromPlain(opened, value.origin) as TreeMap;
      here.entries.set(step, section);
      here = section;
    }
  }
  here.entries.set(path.at(-1)!, value);
  return [];
}

/** `parameters.<setting>={...}`, or with one of a parameter's words at its end: `parameters.<setting>.values=[...]`. */
function setParameter(root: TreeMap, inner: string[], value: Tree): Slip[] {
  const last = inner.at(-1)!;
  const hasWord = inner.length > 1 && (last === 'values' || last === 'value');
  const path = hasWord ? inner.slice(0, -1) : inner;
  const entry: Tree = hasWord
    ? { kind: 'map', entries: new Map([[last, value]]), origin: value.origin }
    : value;
  const [holder] = parameterHolders(root, path);
  if (holder !== undefined) {
    holder.map.entries.set(holder.key, entry);
    return [];
  }
  return setAt(root, ['parameters', dotted(path)], entry);
}

interface Holder {
  map: TreeMap;
  key: string;
}

/** Where the file has a parameter, by dotted path or nested; nowhere, once, or by mistake more than once. */
function parameterHolders(root: TreeMap, path: readonly string[]): Holder[] {
  const parameters = root.entries.get('parameters');
  if (parameters?.kind !== 'map') return [];
  return path.flatMap((_, index) => {
    const key = dotted(path.slice(0, index + 1));
    const entry = parameters.entries.get(key);
    if (entry === undefined) return [];
    const rest = path.slice(index + 1);
    if (rest.length === 0) return isNested(entry) ? [] : [{ map: parameters, key }];
    return entry.kind === 'map' ? parameterHolders(entry, rest) : [];
  });
}

function dropParameter(root: TreeMap, path: readonly string[]): void {
  for (const { map, key } of parameterHolders(root, path)) map.entries.delete(key);
}

function isNested(entry: Tree): boolean {
  return entry.kind === 'map' && entry.entries.has('parameters');
}
