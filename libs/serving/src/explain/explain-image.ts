import { sharp } from '@thaw/data';
import type { OpenModel } from '../model/open-model.ts';
import { explainSeen, type Explanation } from './explain-seen.ts';

/** `seen`: the image as the network sees it, before normalisation; a PNG. */
export type ImageExplanation = Explanation & { readonly seen: Buffer };

/** A prediction and what it rests on. `pixels`: as `Classifier.pixels` gives them. */
export async function explainImage(model: OpenModel, pixels: Uint8Array): Promise<ImageExplanation> {
  const { classifier } = model;
  const { height, width } = classifier.preprocessing.input;
  const [seen] = await classifier.see(classifier.batch([pixels]));
  return {
    ...explainSeen(seen!, model),
    seen: await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  };
}
