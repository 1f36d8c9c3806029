/** One sentence for every class that only one of the two sets has, and one when there is no class at all. */
export function missingClasses(train: readonly string[], test: readonly string[]): string[] {
  if (train.length === 0 && test.length === 0) return ['it has no classes'];
  const lacking = (from: readonly string[], other: readonly string[], has: string, lacks: string) =>
    from
      .filter((name) => !other.includes(name))
      .map((name) => `class ${name} is in ${has} but not in ${lacks}`);
  return [...lacking(train, test, 'TRAIN', 'TEST'), ...lacking(test, train, 'TEST', 'TRAIN')];
}
