import type { Network } from '@thaw/compute';
import type { Settings } from '@thaw/experiment';
import { phaseLengths } from '../phases.ts';

/**
 * Of which version of training the checkpoints of a trial are: bump where a change of training would make earlier ones wrong, for trials
 * that it changes alone. `network` is the part that trains. Since version 2 dropout goes on drawing where a new phase begins; before,
 * each phase repeated the masks of the first.
 */
export function checkpointVersion(
  settings: Settings,
  network: Pick<Network, 'layers'>,
  layers: Parameters<typeof phaseLengths>[1],
): number {
  const drops = network.layers.some(({ type }) => type === 'Dropout');
  return drops && phaseLengths(settings, layers).length > 1 ? 2 : 1;
}
