import { counted, printedName, UserError } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { ImageFile } from '../dataset.ts';
import { byGroup } from '../leakage/by-group.ts';
import { dominantGroups } from '../leakage/dominant-groups.ts';
import { dominantAdvice, dominantWords } from '../leakage/dominant-words.ts';
import { detectedUnit } from './assign-groups.ts';
import type { ClassFiles } from './split-strategy.ts';

type Asked = SplitSettings & { readonly strategy: NonNullable<SplitSettings['strategy']> };

/** Throws one UserError for the classes of which a single group holds all images, with these and what to do. */
export function requireTwoGroups(classes: readonly ClassFiles[], settings: Asked): void {
  const single = classes.filter(({ files }) => new Set(files.map(({ group }) => group)).size === 1);
  if (single.length === 0) return;
  throw undivided(
    'split.strategy: grouped needs groups of every class to train on and others to hold out, for each part that it draws; a single group holds all images there are for both:',
    single.map(largestGroup),
    ['Every class needs images of two groups or more.', advice(settings)],
    single[0]!.files[0]!,
  );
}

/**
 * Throws one UserError for the classes of which nothing is held out, or everything: which, and of a grouped split the groups that
 * hold most of them.
 */
export function checkDivided(
  classes: readonly ClassFiles[],
  heldOut: ReadonlySet<ImageFile>,
  settings: Asked,
  part: 'validation' | 'test',
): void {
  const lost = classes.flatMap(({ name, files }) => {
    const count = files.filter((file) => heldOut.has(file)).length;
    if (count > 0 && count < files.length) return [];
    const of = `${counted(files.length, 'image')} of ${printedName(name)}`;
    const problem = count === 0 ? `of the ${of} none is left for ${part}` : `the ${of} all went to ${part}`;
    return [{ name, files, problem }];
  });
  if (lost.length === 0) return;
  const { strategy } = settings;
  const large = strategy === 'grouped' ? dominantGroups(lost.flatMap(labelled)).map(dominantWords) : [];
  const other = strategy === 'grouped' ? ' or seed' : '';
  throw undivided(
    `split.${part}: ${settings[part]} with strategy ${strategy} cannot be met:`,
    [...lost.map(({ problem }) => problem), ...large],
    [
      `Every class needs images to train on and images to hold out; give more images, or another fraction${other}.`,
      ...(large.length > 0 ? [advice(settings)] : []),
    ],
    large.length > 0 ? lost[0]!.files[0]! : null,
  );
}

/**
 * The error for classes that cannot be dealt into folds, and why; of a grouped split with the largest group of each and what to do
 * about it.
 */
export function undealt(problem: string, classes: readonly ClassFiles[], settings: SplitSettings): UserError {
  const grouped = settings.strategy === 'grouped' ? classes.filter(({ files }) => files.length > 0) : [];
  return undivided(
    `split.folds: ${problem}`,
    grouped.map(largestGroup),
    grouped.length > 0 ? [advice(settings)] : [],
    grouped[0]?.files[0] ?? null,
  );
}

/** Which group holds the most images of a class that has some, in words. */
function largestGroup({ name, files }: ClassFiles): string {
  const [group, images] = byGroup(labelled({ name, files }))[0]!;
  return dominantWords({ label: name, group, images, of: files.length });
}

function labelled({ name: label, files }: ClassFiles) {
  return files.map(({ name, group }) => ({ name, label, group: group!, split: null }));
}

function advice({ groups }: Pick<SplitSettings, 'groups'>): string {
  return dominantAdvice(detectedUnit(groups) ?? 'group');
}

/** `shown`: an image of the folder whose groups are to be looked at. */
function undivided(
  head: string,
  lines: readonly string[],
  advice: readonly string[],
  shown: ImageFile | null,
): UserError {
  const text = [head, ...lines.map((line) => `  - ${line}`), ...advice].join('\n');
  const folder = shown?.path.slice(0, -shown.name.length - 1);
  return new UserError(text, folder === undefined ? {} : { remedy: { do: 'look for copies', folder } });
}
