/**
 * A text that two values share if and only if they are the same as JSON: the order of an object's keys does not matter,
 * that of an array's items does. Values that JSON cannot tell apart after a round trip through a file (-0 and 0) share
 * one as well.
 */
export function structuralKey(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
