const number = String.raw`[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const token = new RegExp(
  [
    String.raw`(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`,
    String.raw`(?<call>[A-Za-z_][\w.]*\()`,
    String.raw`(?<keyword>[A-Za-z_]\w*=)`,
    String.raw`(?<word>[+-]?[A-Za-z_][\w.]*|--)`,
    `(?<number>${number})`,
    String.raw`(?<open>[([{])`,
    String.raw`(?<close>[)\]}])`,
    `(?<comma>,)`,
    String.raw`(?<other>\s+|.)`,
  ].join('|'),
  'gs',
);
const words = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  // What a masked array of NumPy hides.
  ['--', 'null'],
  ...['nan', 'inf', '-inf', '+inf', '-nan'].map((word) => [word, 'null'] as const),
]);
const closed = new Map([
  ['(', ']'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * JSON of a dictionary or a list as Python prints them, line by line: texts in single quotes, None, tuples, numbers and arrays of
 * NumPy (`np.float32(0.5)`, `array([0.5, 1.], dtype=float32)`). NaN and infinities become null. What is neither stays as it is,
 * and is no JSON.
 */
export function pythonAsJson(printed: string): string {
  const parts: string[] = [];
  /** What closes each bracket that is open; of a call, whose first argument alone counts, nothing. */
  const open: { readonly end: string; readonly isSkipped: boolean; isPast: boolean }[] = [];
  for (const { groups, 0: found } of printed.matchAll(token)) {
    const at = open.at(-1);
    const skipped = at !== undefined && (at.isSkipped || at.isPast);
    const write = (text: string) => {
      const part = skipped ? found.replace(/[^\n]/g, '') : text;
      if (part !== '') parts.push(part);
    };
    const { text, call, keyword, word, number: digits, open: opened, close, comma } = groups!;
    if (text !== undefined) write(quoted(text));
    else if (call !== undefined || opened !== undefined) {
      write(opened === undefined ? '' : opened === '(' ? '[' : opened);
      open.push({ end: opened === undefined ? '' : closed.get(opened)!, isSkipped: skipped, isPast: false });
    } else if (close !== undefined) {
      const ended = open.pop();
      if (ended?.end && !ended.isSkipped) {
        dropLastComma(parts);
        parts.push(ended.end);
      } else if (ended === undefined) parts.push(close);
    } else if (comma !== undefined && at?.end === '') at.isPast = true;
    else if (keyword !== undefined) write(at?.end === '' ? '' : keyword);
    else if (word !== undefined) write(words.get(word) ?? word);
    else write(digits === undefined ? found : plainNumber(digits));
  }
  return parts.join('');
}

/** Python allows a comma behind the last item. */
function dropLastComma(parts: string[]): void {
  let last = parts.length - 1;
  while (last >= 0 && parts[last]!.trim() === '') last--;
  if (parts[last] === ',') parts[last] = '';
}

function quoted(text: string): string {
  const inside = text
    .slice(1, -1)
    .replace(/\\x([\da-f]{2})|\\(.)|"/gis, (found, code?: string, escaped?: string) => {
      if (code !== undefined) return `\\u00${code}`;
      if (escaped === undefined) return '\\"';
      return /["\\/bfnrtu]/.test(escaped) ? found : escaped;
    });
  return `"${inside}"`;
}

/** `1.`, `.5` and `1_000` are none in JSON. */
function plainNumber(text: string): string {
  return text
    .replace(/_|^\+/g, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?!\d)/, '');
}
