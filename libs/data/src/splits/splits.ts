import type { SplitSettings } from '@thaw/experiment';
import { splitGrouped } from './grouped.ts';
import { splitKeras } from './keras.ts';
import { splitRandom } from './random.ts';
import type { SplitStrategy } from './split-strategy.ts';

/** Every strategy by its name in the experiment file. */
export const splits: Record<SplitSettings['strategy'], SplitStrategy> = {
  keras: splitKeras,
  random: splitRandom,
  grouped: splitGrouped,
};
