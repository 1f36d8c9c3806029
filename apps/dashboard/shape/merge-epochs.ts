import type { Epoch } from '../api/operations/epochs.ts';

/** Epochs with those that have come since: new ones, and known ones of which more was logged, which take nothing away. */
export function mergeEpochs(before: readonly Epoch[], added: readonly Epoch[]): Epoch[] {
  const byEpoch = new Map(before.map((each) => [each.epoch, each]));
  for (const each of added) {
    const known = byEpoch.get(each.epoch);
    byEpoch.set(each.epoch, known ? { ...known, ...figuresOf(each) } : each);
  }
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

function figuresOf(epoch: Epoch): Partial<Epoch> {
  return Object.fromEntries(Object.entries(epoch).filter(([, value]) => value !== null));
}
