import { parameterValue } from '@thaw/base';
import { readSettings } from '@thaw/experiment';
import type { RunRecord } from '@thaw/tracking';

/** The settings that a run read, a dotted path and a value a row; lists stay whole. None of imported results. */
export function settingRows({
  settings,
  parameters,
}: Pick<RunRecord, 'settings' | 'parameters'>): string[][] {
  const rows = new Map<string, string>();
  const add = (prefix: string, value: unknown): void => {
    const isSection = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isSection) rows.set(prefix, value === null ? 'none' : parameterValue(value));
    else
      for (const [key, inner] of Object.entries(value)) add(prefix === '' ? key : `${prefix}.${key}`, inner);
  };
  add('', settings ? readSettings(settings) : {});
  for (const [path, value] of Object.entries(parameters)) add(path, value);
  return [...rows];
}
