import type { ImageFile } from '../dataset.ts';
import type { ClassFiles } from './split-strategy.ts';

/** The images of each class, in the order of `classes`, each of them in that of `files`. One pass, however many classes there are. */
export function filesByClass(files: readonly ImageFile[], classes: readonly string[]): ClassFiles[] {
  const byClass = classes.map((name) => ({ name, files: [] as ImageFile[] }));
  for (const file of files) byClass[file.label]!.files.push(file);
  return byClass;
}
