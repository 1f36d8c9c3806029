import { UserError } from '@thaw/base';
import { readNeighbours } from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';
import { getNeighbourPictures } from '../../api/operations/predictions.ts';
import { respond } from '../../api/respond.ts';
import { neighbourPictures } from './neighbour-pictures.ts';
import { Routes } from './routes.ts';

/** Answers with pictures of a model's training images, from its data set. */
export function neighbourRoutes(runsDir: string): Routes {
  return new Routes([
    [
      getNeighbourPictures,
      respond(getNeighbourPictures, async ({ params, query }) => ({
        pictures: await picturesAt(runsDir, params.model, query.index),
      })),
    ],
  ]);
}

async function picturesAt(runsDir: string, reference: string, indices: readonly number[]) {
  const store = openModelStore(runsDir);
  const version = await store.resolve(reference);
  const neighbours = await readNeighbours(store.folder(version.name, version.version));
  const images = indices.map((index) => neighbours?.images[index]);
  if (images.includes(undefined)) {
    throw new UserError(
      `found ${indices.join(', ')}; ${reference} has ${neighbours?.images.length ?? 0} training images`,
      { kind: 'not-found' },
    );
  }
  return neighbourPictures(
    images.filter((image) => image !== undefined),
    version,
    runsDir,
  );
}
