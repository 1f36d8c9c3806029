/** Nested values as pairs of a dotted path and a value; lists and empty objects stay whole. */
export function flatten(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const path = `${prefix}${key}`;
    const nested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return nested && Object.keys(inner as object).length > 0
      ? flatten(inner as object, `${path}.`)
      : [[path, inner]];
  });
}
