import { counted, UserError } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import type { Dataset, ImageFile } from '../dataset.ts';
import { byWalk } from '../layouts/file-names.ts';
import type { Split } from '../leakage/crossings.ts';
import { groupNotes } from './group-notes.ts';
import { foldFiles } from './fold-files.ts';
import { splitFiles } from './split-files.ts';
import type { DrawingStrategy } from './splits.ts';

export type Strategy = NonNullable<SplitSettings['strategy']>;

/** How the parts of a data set come about. */
export interface DivisionPlan {
  readonly strategy: Strategy;
  /** What cuts a test set off the others; null where the data set has its own. */
  readonly testBy: DrawingStrategy | null;
  /** The sets of the layout that each part is made of; a data set without sets of its own is all training. */
  readonly pooled: readonly (readonly Split[])[];
}

/**
 * How a data set with these sets is divided. Where the settings name no strategy, validation images of the data set's own are
 * used as they are given. Throws a UserError where they are asked for and there are none.
 */
export function planDivision(
  { strategy: asked, groups }: Pick<SplitSettings, 'strategy' | 'groups'>,
  sets: ReadonlySet<Split | null>,
): DivisionPlan {
  const own = sets.has('validation');
  const strategy = asked ?? (own ? 'given' : 'keras');
  if (strategy === 'given' && !own) {
    throw new UserError(
      "split.strategy: given needs validation images of the data set's own: a VAL folder (val, valid, validation, dev) beside TRAIN, or such rows in the split column of its table; found none. Leave split.strategy out, or choose keras, random or grouped.",
    );
  }
  const test: Split[][] = sets.has('test') ? [['test']] : [];
  if (strategy !== 'given') {
    const training: Split[] = own ? ['train', 'validation'] : ['train'];
    return { strategy, testBy: sets.has('test') ? null : strategy, pooled: [training, ...test] };
  }
  const testBy = sets.has('test') ? null : groups === undefined ? 'keras' : 'grouped';
  return { strategy, testBy, pooled: [['train'], ['validation'], ...test] };
}

/** Whether the plan needs to know which images belong together. */
export function needsGroups({ strategy, testBy }: DivisionPlan): boolean {
  return strategy === 'grouped' || testBy === 'grouped';
}

/**
 * Divides the images by a plan; `filesOf` gives those of a set, ordered by class and then by name. `notes` say in sentences what
 * became of a data set's own validation images, and what a grouped split had to put up with.
 */
export function divide(
  { strategy, testBy }: DivisionPlan,
  filesOf: (set: Split | null) => ImageFile[],
  classes: readonly string[],
  split: SplitSettings,
): Pick<Dataset, 'train' | 'validation' | 'test' | 'folds' | 'notes'> {
  const given = filesOf('validation');
  const pool = [...filesOf(null), ...filesOf('train'), ...(strategy === 'given' ? [] : given)].sort(
    (a, b) => a.label - b.label || byWalk(a.name, b.name),
  );
  const outer =
    testBy === null
      ? { kept: pool, heldOut: filesOf('test') }
      : splitFiles(pool, classes, { ...split, strategy: testBy }, 'test');
  const folds =
    split.folds === undefined ? null : foldFiles(outer.kept, classes, { ...split, folds: split.folds });
  const inner = folds
    ? { kept: [], heldOut: outer.kept }
    : strategy === 'given'
      ? { kept: outer.kept, heldOut: given }
      : splitFiles(outer.kept, classes, { ...split, strategy }, 'validation');
  const parts = { train: inner.kept, validation: inner.heldOut, test: outer.heldOut };
  const drawn = { validation: strategy === 'grouped' && !folds, test: testBy === 'grouped' };
  return {
    ...parts,
    folds,
    notes: [
      ...givenNotes(strategy, testBy, given, split),
      ...groupNotes({ ...parts, classes }, split, drawn),
    ],
  };
}

function givenNotes(
  strategy: Strategy,
  testBy: DrawingStrategy | null,
  given: readonly ImageFile[],
  split: SplitSettings,
): string[] {
  if (given.length === 0) return [];
  const own = `${counted(given.length, 'validation image')} of the data set's own`;
  const used =
    strategy === 'given'
      ? `the ${own} ${given.length === 1 ? 'is' : 'are'} the validation set${split.strategy === undefined ? ' (split.strategy: given)' : ''}`
      : `the ${own} ${given.length === 1 ? 'is' : 'are'} among the images that split.strategy: ${strategy} divides; given would take ${given.length === 1 ? 'it' : 'them'} as the validation set`;
  const cut = `the data set has no test images, so split.test: ${split.test} of each class is cut off as a test set (${testBy === 'grouped' ? 'whole groups' : testBy === 'keras' ? 'the first by name' : 'at random'})`;
  return [used, ...(testBy === null ? [] : [cut])];
}
