import { printedName } from '@thaw/base';
import type { SkippedFile } from '../dataset.ts';
import type { ListedFile, Listing } from './layout.ts';

/** The files that have a class, and the others with the reason why they are no part of a data set. */
export function withLabels(files: Listing['files']): {
  labelled: (ListedFile & { readonly label: string })[];
  bad: SkippedFile[];
} {
  const labelled: (ListedFile & { readonly label: string })[] = [];
  const bad: SkippedFile[] = [];
  for (const file of files) {
    if (file.label === null) bad.push({ name: file.name, reason: 'an image outside every class folder' });
    else labelled.push({ ...file, label: file.label });
  }
  return { labelled, bad };
}

/** How a folder was read where that is not a matter of course: what the layout says, names in two Unicode forms, folders left out. */
export function readingNotes({
  classes,
  notes,
  ignored,
}: Pick<Listing, 'classes' | 'notes' | 'ignored'>): string[] {
  const forms = new Map<string, Set<string>>();
  for (const { label, written } of classes) forms.set(label, (forms.get(label) ?? new Set()).add(written));
  const several = [...forms].filter(([, written]) => written.size > 1).map(([label]) => printedName(label));
  return [
    ...(several.length > 0
      ? [
          `${several.join(', ')}: the name is written in two Unicode forms (composed and decomposed letters) and is one class`,
        ]
      : []),
    ...notes,
    ...(ignored.length > 0
      ? [
          `not read, as the layout has no such part: ${ignored.map((name) => `${printedName(name)}/`).join(', ')}`,
        ]
      : []),
  ];
}
