import { expect, it } from 'vitest';
import { schemaText } from '../../shape/schema-text.ts';

it.each([
  [{ type: 'string' }, 'string'],
  [{ $ref: '#/components/schemas/Run' }, 'Run'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
  [{ type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'null' }] } }, '(number | null)[]'],
  [{ type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }] }, '[number, number]'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name]: number }'],
  [{ type: 'string', format: 'binary' }, 'bytes'],
  [{}, 'any'],
  [
    {
      type: 'object',
      properties: { a: { type: 'number', description: 'how many' }, b: { type: 'object', properties: {} } },
      required: ['a'],
    },
    '{\n  a: number  // how many\n  b?: {}\n}',
  ],
])('%j reads %s', (schema, text) => {
  expect(schemaText(schema)).toBe(text);
});
