import type { RunRecord } from '../../records/run-record.ts';

export type SettingValue = string | number | boolean;

/**
 * Everything that a run was told, by dotted setting: its settings, and the parameters of its sweep. What is null is left out, lists are
 * JSON.
 */
export function settingsOfRun({
  settings,
  parameters,
}: Pick<RunRecord, 'settings' | 'parameters'>): Map<string, SettingValue> {
  const values = new Map<string, SettingValue>();
  const add = (name: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values.set(name, value);
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) add(name === '' ? key : `${name}.${key}`, inner);
    } else {
      values.set(name, JSON.stringify(value));
    }
  };
  add('', settings ?? {});
  for (const [name, value] of Object.entries(parameters)) add(name, value);
  return values;
}
