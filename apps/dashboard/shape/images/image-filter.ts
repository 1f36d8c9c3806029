import { agreements, type Agreement, type OtherRun } from './agreement.ts';
import type { ImageTable } from './image-table.ts';

export const splitWords = ['training', 'validation', 'test'] as const;

/** Which images are shown; all of it lives in the page's address. */
export interface ImageFilter {
  readonly split: (typeof splitWords)[number] | null;
  /** A class. */
  readonly label: string | null;
  /** A class. */
  readonly predicted: string | null;
  readonly answer: 'right' | 'wrong' | null;
  /** Where another run is beside: how both answer. */
  readonly agreement: Agreement | null;
  /** The lowest and the highest probability of what was predicted, in percent. */
  readonly confidence: readonly [low: number, high: number];
  /** A group: the images of one photograph. */
  readonly group: string | null;
  /** Only images with another of their group in another part. */
  readonly leaking: boolean;
  /** A part of the file's name. */
  readonly search: string;
}

export const allImages: ImageFilter = {
  split: null,
  label: null,
  predicted: null,
  answer: null,
  agreement: null,
  confidence: [0, 100],
  group: null,
  leaking: false,
  search: '',
};

/** The filter in an address; what it does not say, or says wrongly, is all. */
export function readFilter(query: URLSearchParams): ImageFilter {
  const oneOf = <T extends string>(name: string, values: readonly T[]) =>
    values.find((value) => value === query.get(name)) ?? null;
  const [low = 0, high = 100] = (query.get('confidence') ?? '').split('-').filter(Boolean).map(Number);
  return {
    split: oneOf('split', splitWords),
    label: query.get('label'),
    predicted: query.get('predicted'),
    answer: oneOf('answer', ['right', 'wrong']),
    agreement: oneOf('agreement', agreements),
    confidence: low >= 0 && low <= high && high <= 100 ? [low, high] : [0, 100],
    group: query.get('group'),
    leaking: query.get('leaking') === 'true',
    search: query.get('search') ?? '',
  };
}

/** Writes a filter into an address, without what is all. */
export function writeFilter(filter: ImageFilter, query: URLSearchParams): void {
  for (const name of ['split', 'label', 'predicted', 'answer', 'agreement', 'group', 'search'] as const) {
    if (filter[name]) query.set(name, filter[name]);
    else query.delete(name);
  }
  if (filter.confidence.join('-') === '0-100') query.delete('confidence');
  else query.set('confidence', filter.confidence.join('-'));
  if (filter.leaking) query.set('leaking', 'true');
  else query.delete('leaking');
}

/** Of each image whether it is shown, 1 or 0. */
export function filterImages(
  table: ImageTable,
  filter: ImageFilter,
  { other, leaking }: { other: OtherRun | null; leaking: Uint8Array },
): Uint8Array {
  const place = (names: readonly string[], name: string | null) =>
    name === null ? null : names.indexOf(name);
  const split = place(splitWords, filter.split);
  const label = place(table.classes, filter.label);
  const predicted = place(table.classes, filter.predicted);
  const group = place(table.groupNames, filter.group);
  const agreement = other ? place(agreements, filter.agreement) : null;
  const [low, high] = filter.confidence.map((percent) => percent / 100) as [number, number];
  const isAnyConfidence = low === 0 && high === 1;
  const search = filter.search.trim().toLowerCase();
  return Uint8Array.from({ length: table.count }, (_, i) => {
    const said = table.predicted[i]!;
    const isKept =
      (split === null || table.splits[i] === split) &&
      (label === null || table.labels[i] === label) &&
      (predicted === null || said === predicted) &&
      (filter.answer === null || (said >= 0 && (said === table.labels[i]) === (filter.answer === 'right'))) &&
      (agreement === null || other!.agreement[i] === agreement) &&
      (isAnyConfidence || (table.confidence[i]! >= low && table.confidence[i]! <= high)) &&
      (group === null || table.groups[i] === group) &&
      (!filter.leaking || leaking[i] === 1) &&
      (search === '' || table.files[i]!.toLowerCase().includes(search));
    return Number(isKept);
  });
}
