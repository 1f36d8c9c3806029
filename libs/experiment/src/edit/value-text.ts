import { stringify } from 'yaml';
import { parseText, plainValue } from './parse-text.ts';

/** A value on one line, as it can stand anywhere in YAML: `0.2`, `[64, 128]`, `{detect: scene}`. */
export function valueText(value: unknown): string {
  const options = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
  const listed = stringify([value], options).trimEnd();
  return listed.includes('\n') ? JSON.stringify(value) : listed.slice(1, -1);
}

/** What a text of one line stands for; the text itself where it is not YAML. Undefined where nothing is written. */
export function textValue(text: string): unknown {
  if (text.trim() === '') return undefined;
  const document = parseText(text);
  return document === null ? text : plainValue(document);
}
