import type { ImageStore } from '../image-store.ts';
import { agreementOf, PatchComparer, type Agreement } from './agreement.ts';
import { PixelAligner } from './align-pixels.ts';
import { PlateBender } from './bend.ts';
import { BlockPulls } from './block-pulls.ts';
import { ResampledPlates } from './resampled-plate.ts';
import { smallerFirst } from './compare-pixels.ts';
import type { Placement } from './comparison.ts';

const plates = new ResampledPlates();
const patches = new PatchComparer(plates);
const pulls = new BlockPulls(plates);
const aligner = new PixelAligner(plates, pulls);
const bender = new PlateBender(plates, pulls);

/** Where two images agree when the one is bent onto the other, from the smooth map that was found between them. */
export function bentAgreement(store: ImageStore, placement: Placement): Agreement {
  const { first, second, start } = smallerFirst(placement);
  const { isInverted } = placement;
  const rough = aligner.align(store, first, second, start, isInverted);
  const warp = aligner.align(store, first, second, rough, isInverted);
  bender.bend(store, first, second, warp, isInverted);
  return agreementOf(patches.compare());
}
