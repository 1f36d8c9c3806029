import { checkSize } from '@thaw/data/browser';
import { KeptOpen } from '@thaw/serving/browser';
import { explain, type Explanation } from '../api/operations/predictions.ts';
import { limits } from '../api/predict-limits.ts';
import { fetchForm } from './fetch-api.ts';
import type { ModelInBrowser } from './in-browser/open-in-browser.ts';
import type { Version } from './in-browser/version-files.ts';

/** Where a model computes. */
export type Place = 'server' | 'browser';

/** What a model says of an image, and why. Rejects with what is wrong with the image, in words for the user. */
export async function explainImage(version: Version, image: File, place: Place): Promise<Explanation> {
  const model = `${version.name}:${version.version}`;
  if (place === 'browser') {
    return opened.use(
      model,
      () => open(version),
      (inBrowser) => inBrowser.explain(image),
    );
  }
  // The server would cut off a longer body in the middle, and browsers then say nothing of why.
  checkSize(image.size, limits.image.bytes);
  const form = new FormData();
  form.append('image', image);
  return fetchForm(explain, { params: { model }, form });
}

/** The model that was asked for last; another takes its place in this browser's memory. */
const opened = new KeptOpen<ModelInBrowser>(1);

/** Fetched when it is asked for: it takes more than all the rest of the dashboard. */
async function open(version: Version): Promise<ModelInBrowser> {
  const { openInBrowser } = await import('./in-browser/open-in-browser.ts');
  return openInBrowser(version);
}
