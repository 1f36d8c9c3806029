const space = /\s*/y;
const quoted = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const name = new RegExp(quoted, 'y');
const scalar = new RegExp(
  String.raw`${quoted}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b`,
  'y',
);

/**
 * Where a text stops being JSON, and what may stand there: Node's messages name no place where the text has a wrong word. It calls
 * itself for each bracket, whose depth `parseLooseJson` bounds.
 */
export function whereBroken(json: string): { readonly at: number; readonly allowed: string } {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(json);
    if (found) at = pattern.lastIndex;
    return found !== null;
  };
  const takeSign = (sign: string): boolean => {
    take(space);
    if (json[at] !== sign) return false;
    at++;
    return true;
  };
  /** What is allowed where it breaks off; null for a whole value. */
  const value = (): string | null => {
    if (takeSign('{')) return takeSign('}') ? null : items('}', field);
    if (takeSign('[')) return takeSign(']') ? null : items(']', value);
    return take(scalar) ? null : 'a value';
  };
  const field = (): string | null => {
    take(space);
    if (!take(name)) return 'a name in double quotes';
    return takeSign(':') ? value() : '":"';
  };
  const items = (close: string, item: () => string | null): string | null => {
    for (;;) {
      const broken = item();
      if (broken !== null) return broken;
      if (takeSign(close)) return null;
      if (!takeSign(',')) return `"," or "${close}"`;
    }
  };
  const broken = value();
  take(space);
  return { at, allowed: broken ?? 'the end' };
}
