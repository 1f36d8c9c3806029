import { checkSize } from '@thaw/data/browser';
import { explain, type Explanation } from '../api/operations/predictions.ts';
import { limits } from '../api/predict-limits.ts';
import { fetchForm } from './fetch-api.ts';
import type { ModelInBrowser } from './in-browser/open-in-browser.ts';
import type { Version } from './in-browser/version-files.ts';

/** Where a model computes. */
export type Place = 'server' | 'browser';

/** What a model says of an image, and why. Rejects with what is wrong with the image, in words for the user. */
export async function explainImage(version: Version, image: File, place: Place): Promise<Explanation> {
  if (place === 'browser') return (await openOnce(version)).explain(image);
  // The server would cut off a longer body in the middle, and browsers then say nothing of why.
  checkSize(image.size, limits.image.bytes);
  const form = new FormData();
  form.append('image', image);
  return fetchForm(explain, { params: { model: `${version.name}:${version.version}` }, form });
}

let opened: { readonly reference: string; readonly model: Promise<ModelInBrowser> } | null = null;

/** Keeps the model that was asked for last open. */
async function openOnce(version: Version): Promise<ModelInBrowser> {
  const reference = `${version.name}:${version.version}`;
  if (opened?.reference !== reference) {
    void opened?.model.then(
      (model) => model.dispose(),
      () => undefined,
    );
    // Fetched when it is asked for: it takes more than all the rest of the dashboard.
    const model = import('./in-browser/open-in-browser.ts').then(({ openInBrowser }) =>
      openInBrowser(version),
    );
    opened = { reference, model };
    model.catch(() => (opened = null));
  }
  return opened!.model;
}
