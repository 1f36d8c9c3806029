import { isDeepStrictEqual } from 'node:util';
import { changedImages, changedSentence } from '@thaw/analysis/recorded';
import { UserError } from '@thaw/base';
import type { FileStore, VersionRecord } from '@thaw/tracking';
import { datasetFolder } from './dataset-folder.ts';
import { runsDir } from './runs-dir.ts';

/** A look at thousands of images takes parts of a second; nobody needs it more often. */
const freshForMs = 60_000;

const looks = new Map<string, { readonly at: number; readonly text: Promise<string | null> }>();

/** What has changed of the images that a version of a model was trained on, in a sentence; null where nothing has, or nobody can say. */
export function dataChange(store: FileStore, version: VersionRecord): Promise<string | null> {
  const key = `${version.name}:${version.version} ${version.created}`;
  const known = looks.get(key);
  if (known && performance.now() - known.at < freshForMs) return known.text;
  const text = look(store, version).catch((error: unknown) => {
    // Its sweep is gone or cannot be read, and with it what it began with.
    if (error instanceof UserError) return null;
    throw error;
  });
  looks.set(key, { at: performance.now(), text });
  return text;
}

async function look(store: FileStore, version: VersionRecord): Promise<string | null> {
  const { sweep, run, parameters, settings, paths } = version;
  if (sweep === null || !('path' in settings.dataset)) return null;
  const datasets = (await store.sweepImages(sweep)) ?? [];
  const own = datasets.find((each) =>
    Object.entries(each.parameters).every(([name, value]) => isDeepStrictEqual(parameters[name], value)),
  );
  if (!own) return null;
  const { created } = await store.run(run);
  const changes = await changedImages(
    datasetFolder({ settings, paths }, runsDir()),
    own.images,
    new Date(created),
  );
  return changedSentence(changes, own.images.length);
}
