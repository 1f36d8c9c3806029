import type { JsonSchema } from './json-schema.ts';
import { alternatives } from './json-schema.ts';

/** What a setting allows, in words: `keras, random, grouped`, `a whole number from 1 to 10`. */
export function describeAllowed(schema: JsonSchema): string {
  if (schema.description !== undefined) return schema.description;
  if (schema.anyOf !== undefined) return alternatives(schema).map(describeAllowed).join(' or ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.join(', ');
  switch (schema.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${bounds(schema)}`;
    case 'number':
      return `a number${bounds(schema)}`;
    case 'array':
      return `a list, each ${schema.items === undefined ? 'text' : describeAllowed(schema.items)}`;
    case 'object':
      return describeMapping(schema);
    default:
      return 'text';
  }
}

/** The words that a setting allows, over all its alternatives. */
export function allowedWords(schema: JsonSchema): string[] {
  return alternatives(schema)
    .flatMap((option) => (option.type === 'boolean' ? ['true', 'false'] : (option.enum ?? [option.const])))
    .filter((word) => typeof word === 'string');
}

function describeMapping({ properties = {}, required = [] }: JsonSchema): string {
  const keys = Object.entries(properties);
  if (keys.length === 0 || keys.length > required.length) {
    return `a section with any of ${Object.keys(properties).join(', ')}`;
  }
  const words = (value: JsonSchema) => value.enum?.join(' or ') ?? describeAllowed(value);
  return `{${keys.map(([key, value]) => `${key}: ${words(value)}`).join(', ')}}`;
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const words = [
    ['from', minimum],
    ['above', exclusiveMinimum],
    ['to', maximum],
    ['below', exclusiveMaximum],
  ] as const;
  const given = words.filter(([, bound]) => bound !== undefined);
  return given
    .map(([word, bound], index) => `${index > 0 && word === 'below' ? ' and' : ''} ${word} ${String(bound)}`)
    .join('');
}
