/** Of an object: its keys in their order, where that is not the one that JavaScript gives them (whole numbers first). */
const order = Symbol.for('thaw.order');

/**
 * An object whose keys `jsonText` writes in the order of the entries, such as the probabilities of classes that are called 2, 10
 * and cat. Programs in JavaScript that read the text see whole numbers first all the same.
 */
export function orderedRecord<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const record = Object.fromEntries(entries) as Record<string, T>;
  return Object.defineProperty(record, order, { value: entries.map(([key]) => key) });
}

/** As `JSON.stringify`, with the keys of ordered records in their order. `indent` is a number of spaces. */
export function jsonText(value: unknown, indent = 0): string {
  return textOf(value, indent, '') ?? 'null';
}

function textOf(value: unknown, indent: number, before: string): string | undefined {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return JSON.stringify(value);
  const inner = before + ' '.repeat(indent);
  const join = (open: string, parts: readonly string[], close: string) => {
    if (parts.length === 0) return open + close;
    return indent === 0
      ? `${open}${parts.join(',')}${close}`
      : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${before}${close}`;
  };
  if (Array.isArray(value)) {
    return join(
      '[',
      value.map((item) => textOf(item, indent, inner) ?? 'null'),
      ']',
    );
  }
  const keys = (value as { [order]?: readonly string[] })[order] ?? Object.keys(value);
  const entries = keys.flatMap((key) => {
    const text = textOf((value as Record<string, unknown>)[key], indent, inner);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${indent === 0 ? '' : ' '}${text}`];
  });
  return join('{', entries, '}');
}
