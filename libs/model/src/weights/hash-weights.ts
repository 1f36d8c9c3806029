import { createHash } from 'node:crypto';
import type { Weights } from '@thaw/compute';

/** The sha256, in hex, of names, shapes and values; independent of the map's order. */
export function hashWeights(weights: Weights): string {
  const hash = createHash('sha256');
  for (const name of [...weights.keys()].sort()) {
    const { shape, data } = weights.get(name)!;
    hash.update(JSON.stringify([name, shape])).update(data);
  }
  return hash.digest('hex');
}
