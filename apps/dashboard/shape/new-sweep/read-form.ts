import { isMapping, readText, settingNamed, valueAt, type JsonSchema } from '@thaw/experiment/browser';
import type { Field } from './fields.ts';

/** A parameter as it stands in the file. */
export interface Swept {
  /** Its key below `parameters`: the path, or W&B's short name. */
  readonly key: string;
  readonly entry: unknown;
}

/** What an experiment's text says, as its form shows it. */
export interface FormValues {
  readonly values: Readonly<Record<string, unknown>>;
  /** What varies, by the path of its field. */
  readonly swept: ReadonlyMap<string, Swept>;
  /** Keys of `parameters` that are no setting's. */
  readonly strangers: readonly string[];
}

/** Reads a text for its form; null where it is not YAML, or no mapping. */
export function readForm(text: string, fields: readonly Field[], schema: JsonSchema): FormValues | null {
  const values = readText(text);
  if (values === null) return null;
  const parameters = isMapping(values['parameters']) ? values['parameters'] : {};
  const varied = fields.filter(({ canVary }) => canVary).map(({ path }) => path);
  const sections = new Set(varied.map((path) => path.split('.')[0]!));
  const known = Object.entries(schema.properties ?? {}).filter(([key]) => sections.has(key));
  const swept = new Map<string, Swept>();
  const strangers: string[] = [];
  for (const [key, entry] of Object.entries(parameters)) {
    const path = varied.includes(key) ? key : settingNamed({ properties: Object.fromEntries(known) }, key);
    if (path !== null && varied.includes(path) && !swept.has(path)) swept.set(path, { key, entry });
    else strangers.push(key);
  }
  return { values, swept, strangers };
}

/** What a file says of a setting; undefined where it leaves it out. */
export function valueOf(form: FormValues, { keys }: Pick<Field, 'keys'>): unknown {
  return valueAt(form.values, keys);
}
