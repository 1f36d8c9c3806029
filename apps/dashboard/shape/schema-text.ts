/** As much of JSON Schema as the API's document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A schema as people write types: one property a line with its description behind it, names for what stands elsewhere. */
export function schemaText(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((each) => schemaText(each, indent)))].join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.prefixItems) return `[${schema.prefixItems.map((each) => schemaText(each, indent)).join(', ')}]`;
  if (schema.type === 'array') return `${listed(schema.items, indent)}[]`;
  if (schema.properties) return objectText(schema, indent);
  if (typeof schema.additionalProperties === 'object') {
    return `{ [name]: ${schemaText(schema.additionalProperties, indent)} }`;
  }
  return schema.format === 'binary' ? 'bytes' : ((schema.type as string | undefined) ?? 'any');
}

function listed(items: Schema | boolean | undefined, indent: string): string {
  const text = typeof items === 'object' ? schemaText(items, indent) : 'any';
  return text.includes(' | ') ? `(${text})` : text;
}

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description === undefined ? '' : `  // ${schema.description}`;
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(schema, inner)}${comment}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}
