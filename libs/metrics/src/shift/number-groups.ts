/** Of each sample the number of its group, 0 for the first name met, 1 for the next, and how many groups there are. */
export function numberGroups(names: readonly string[]): { of: Int32Array; count: number } {
  const numbers = new Map([...new Set(names)].map((name, number) => [name, number]));
  return { of: Int32Array.from(names, (name) => numbers.get(name)!), count: numbers.size };
}
