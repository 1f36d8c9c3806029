import { isMapping, valueAt } from '../messages/json-schema.ts';
import type { Settings } from '../settings.ts';
import { conditionalPaths, conditionOf } from './conditions.ts';

/** The settings of a trial without those that it does not read, such as the alpha of a backbone that has one width. */
export function readSettings(settings: Settings): Partial<Settings> {
  const unread = conditionalPaths.filter((path) => {
    const valueOf = (other: string) => valueAt(settings, other.split('.'));
    return conditionOf(path, valueOf, new Map()).never !== null;
  });
  return without(settings, '', new Set(unread));
}

function without<T extends object>(section: T, prefix: string, unread: ReadonlySet<string>): Partial<T> {
  const kept = Object.entries(section).flatMap(([key, value]: [string, unknown]) => {
    const path = `${prefix}${key}`;
    if (unread.has(path)) return [];
    if (!isMapping(value) || Object.keys(value).length === 0) return [[key, value]];
    const inside = without(value, `${path}.`, unread);
    return Object.keys(inside).length > 0 ? [[key, inside]] : [];
  });
  return Object.fromEntries(kept) as Partial<T>;
}
