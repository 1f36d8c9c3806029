import type { SplitSettings } from '@thaw/experiment';
import { splitGrouped } from './grouped.ts';
import { splitKeras } from './keras.ts';
import { splitRandom } from './random.ts';
import type { SplitStrategy } from './split-strategy.ts';

/** What draws a part: every strategy but `given`, which takes the data set's own. */
export type DrawingStrategy = Exclude<NonNullable<SplitSettings['strategy']>, 'given'>;

/** Every drawing strategy by its name in the experiment file. */
export const splits: Record<DrawingStrategy, SplitStrategy> = {
  keras: splitKeras,
  random: splitRandom,
  grouped: splitGrouped,
};
