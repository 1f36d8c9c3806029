import { percent, printedName } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { Dataset, ImageFile } from '../dataset.ts';
import { tolerance } from './grouped.ts';

/** With fewer independent groups than this in a part, a class's recall says little, however many images they have. */
const fewGroups = 10;

type Parts = Pick<Dataset, 'classes' | 'train' | 'validation' | 'test'>;

/**
 * What a grouped split had to put up with: classes with few groups in a part that it drew, and classes whose groups are too
 * large to come near to the fraction. One sentence for each part and kind; none where nothing is to be said. `drawn` says which
 * parts were drawn by groups.
 */
export function groupNotes(
  parts: Parts,
  settings: SplitSettings,
  drawn: { readonly validation: boolean; readonly test: boolean },
): string[] {
  const { train, validation, test } = parts;
  const all = [...train, ...validation, ...test];
  return [
    ...(drawn.validation
      ? partNotes('validation', parts.classes, [...train, ...validation], validation, settings.validation)
      : []),
    ...(drawn.test ? partNotes('test', parts.classes, all, test, settings.test) : []),
  ];
}

function partNotes(
  part: 'validation' | 'test',
  classes: readonly string[],
  from: readonly ImageFile[],
  drawn: readonly ImageFile[],
  fraction: number,
): string[] {
  const rows = classes.map((name, label) => {
    const [whole, held] = [from, drawn].map((images) => images.filter((image) => image.label === label));
    return {
      name,
      groups: countGroups(whole!),
      held: countGroups(held!),
      share: held!.length / whole!.length,
    };
  });
  const few = rows.filter(({ held }) => held < fewGroups);
  const missed = rows.filter((row) => !few.includes(row) && Math.abs(row.share - fraction) > tolerance);
  const notes: string[] = [];
  if (few.length > 0) {
    const which = few.map(
      ({ name, groups, held, share }) => `${printedName(name)} ${held} of ${groups} (${percent(share)})`,
    );
    notes.push(
      `${part} rests on few groups (and share of the images): ${which.join(', ')}; ${percent(fraction)} of each class was asked for, and groups are never divided. However many images a group has, it is one photograph (patient, slide): expect the figures of ${few.length === 1 ? 'this class' : 'these classes'} to change with split.seed.`,
    );
  }
  if (missed.length > 0) {
    const which = missed.map(({ name, share }) => `${percent(share)} of ${printedName(name)}`);
    notes.push(
      `${part} was to hold ${percent(fraction)} of each class and holds ${which.join(', ')}: groups are never divided, and their sizes allow no nearer choice.`,
    );
  }
  return notes;
}

function countGroups(images: readonly ImageFile[]): number {
  return new Set(images.map(({ group }) => group)).size;
}
