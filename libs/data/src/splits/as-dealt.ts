import type { SplitSettings } from '@thaw/experiment';
import type { Dataset } from '../dataset.ts';
import { fingerprint } from '../fingerprint.ts';
import { dealInTurn } from './deal-folds.ts';
import { countGroups, foldsOf } from './fold-files.ts';

/**
 * The data set with the folds that an earlier version of Thaw dealt, where the fingerprint `then` of what has begun with it says so;
 * otherwise as it is. `split` are the settings that it was read with.
 */
export function asDealt(dataset: Dataset, split: SplitSettings, then: string | undefined): Dataset {
  const { classes, train, validation, test, strategy } = dataset;
  if (split.folds === undefined || then === undefined || dataset.fingerprint === then) return dataset;
  const asked = { ...split, strategy, folds: split.folds };
  const counted = countGroups(validation, asked);
  const folds = foldsOf(counted, asked, (...how) => dealInTurn(...how).foldOf);
  const before = fingerprint({ classes, train, validation, test, folds });
  return before === then ? { ...dataset, folds, fingerprint: before } : dataset;
}
