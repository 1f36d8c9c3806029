import type { JsonSchema } from '../messages/json-schema.ts';
import { keysOf } from '../messages/json-schema.ts';
import type { TreeMap } from './tree.ts';
import { settingNamed } from '../messages/unknown-key.ts';

/**
 * Spells out, in place, the parameters that are named as W&B's files name them: `learning_rate` becomes
 * `training.learning_rate`. Names that more than one section has stay as they are.
 */
export function spellOutNames(root: TreeMap, settings: JsonSchema): void {
  const parameters = root.entries.get('parameters');
  if (parameters?.kind !== 'map') return;
  const sections = keysOf(settings);
  const entries = [...parameters.entries].map(([key, entry]) => {
    const name = sections.includes(key) ? null : settingNamed(settings, key);
    return [name === null || parameters.entries.has(name) ? key : name, entry] as const;
  });
  parameters.entries = new Map(entries);
}
