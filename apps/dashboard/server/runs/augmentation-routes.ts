import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, UserError } from '@thaw/base';
import type { ValueRange } from '@thaw/data';
import { openStore, type FileStore, type RunRecord } from '@thaw/tracking';
import { augmentationSheet, usualSheet, viewsOfImages, type ShownImage } from '@thaw/training';
import { getAugmentation } from '../../api/operations/run-files.ts';
import { respond } from '../../api/respond.ts';
import { locateFile } from '../../store/run-image.ts';
import { sampleByClass } from '../../store/run-samples.ts';
import { Routes } from '../models/routes.ts';

/** Draws what the augmentation of a run makes of some of its validation images, which lie in the folder of its data set. */
export function augmentationRoutes(runsDir: string): Routes {
  const store = openStore(runsDir);
  return new Routes([
    [
      getAugmentation,
      respond(getAugmentation, async ({ params }) => {
        const run = await store.run(params.run);
        const sheet = await sheetOf(store, run, runsDir);
        return new Response(new Uint8Array(sheet), {
          headers: { 'content-type': 'image/png', 'cache-control': 'private, max-age=3600' },
        });
      }),
    ],
  ]);
}

async function sheetOf(store: FileStore, run: RunRecord, runsDir: string): Promise<Buffer> {
  const { id, settings, provenance } = run;
  if (!settings?.augmentation) {
    throw new UserError(`run ${id} has no augmentation that could be shown`, { kind: 'not-found' });
  }
  const images = await imagesOf(store, run, runsDir);
  if (images.length === 0) {
    throw new UserError(`the validation images of run ${id} are not where they were`, { kind: 'not-found' });
  }
  const { depth_range: depthRange = null } =
    (provenance?.data as { depth_range?: ValueRange | null } | undefined) ?? {};
  const { augmentation } = settings;
  const { epochs } = usualSheet;
  const cacheDir = join(runsDir, 'cache');
  const views = await viewsOfImages(images, { ...settings, augmentation }, { cacheDir, epochs, depthRange });
  return augmentationSheet(views, settings.model.image_size);
}

async function imagesOf(store: FileStore, run: RunRecord, runsDir: string): Promise<ShownImage[]> {
  const rows = sampleByClass(await store.predictions(run.id, 'validation'), run.id, usualSheet.images);
  const found = await Promise.all(
    rows.map(async ({ file, label }) => {
      const path = await locateFile(run, file, runsDir);
      return path === null ? [] : [{ path, name: file, label, sha256: sha256(await readFile(path)) }];
    }),
  );
  return found.flat();
}
