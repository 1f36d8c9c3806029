import type { EpochRecord } from '@thaw/experiment';

/** Fields of an epoch that say which one it is; a figure of such a name stands behind `metrics.`. */
const taken = ['epoch', 'fold', 'fold_epoch'];

/** Of a record of an epoch, without what says which one it is and what it took. */
export function figuresOfEpoch(record: object): Record<string, number> {
  const none = [...taken, 'seconds', 'images_per_second'];
  const figures = Object.entries(record).filter(([name]) => !none.includes(name));
  return Object.fromEntries(figures) as Record<string, number>;
}

/** What another program says of one of its epochs, under its own names; figures that Thaw's runs always have are NaN without it. */
export function epochOf(epoch: number, figures: Readonly<Record<string, number>>): EpochRecord {
  const named = Object.entries(figures).map(([name, value]) => [
    taken.includes(name) ? `metrics.${name}` : name,
    value,
  ]);
  const unknown = {
    loss: NaN,
    accuracy: NaN,
    val_loss: NaN,
    val_accuracy: NaN,
    seconds: NaN,
    images_per_second: NaN,
  };
  return { ...unknown, ...(Object.fromEntries(named) as Record<string, number>), epoch };
}
