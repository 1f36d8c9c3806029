import type { PredictionRow } from '@thaw/experiment';

/** The rows of another run in the order of `reference`; null unless both are about the same files with the same labels. */
export function inOrderOf(
  reference: readonly PredictionRow[],
  rows: readonly PredictionRow[],
): PredictionRow[] | null {
  if (rows.length !== reference.length) return null;
  const byFile = new Map(rows.map((row) => [row.file, row]));
  const ordered = reference.flatMap(({ file, label }) => {
    const row = byFile.get(file);
    return row?.label === label ? [row] : [];
  });
  return ordered.length === reference.length && byFile.size === rows.length ? ordered : null;
}

/** In words how two sets of predictions are about different images. */
export function imagesDiffer(a: readonly PredictionRow[], b: readonly PredictionRow[]): string {
  const labels = new Map(b.map(({ file, label }) => [file, label]));
  const files = new Set(a.map(({ file }) => file));
  const onlyA = a.filter(({ file }) => !labels.has(file)).map(({ file }) => file);
  const onlyB = b.filter(({ file }) => !files.has(file)).map(({ file }) => file);
  const relabelled = a.find(({ file, label }) => labels.has(file) && labels.get(file) !== label);
  const counts = `${a.length.toLocaleString('en')} and ${b.length.toLocaleString('en')} images`;
  const example = (only: readonly string[], whose: string) =>
    only.length === 0
      ? ''
      : `; ${only.length.toLocaleString('en')} only in the ${whose}, for instance ${only[0]!}`;
  if (onlyA.length + onlyB.length === 0 && relabelled) {
    return `${counts}; ${relabelled.file} is ${relabelled.label} in the first and ${labels.get(relabelled.file)!} in the second`;
  }
  return `${counts}${example(onlyA, 'first')}${example(onlyB, 'second')}`;
}
