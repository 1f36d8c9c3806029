import { join } from 'node:path';
import { keptLayout } from '@thaw/analysis/recorded';
import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { getLayout, getSprites } from '../../api/operations/images.ts';
import { respond } from '../../api/respond.ts';
import { Routes } from '../models/routes.ts';
import { AtMost } from '../predict/at-most.ts';
import { ImageLists } from './image-lists.ts';
import { keptSheet } from './kept-sheet.ts';

/** Sheets that are made at once, so that pages that want hundreds leave room for other work. */
const sheetsAtOnce = 2;

/** Answers with small pictures of the images of runs, and with where these lie on maps. */
export function imageRoutes(runsDir: string): Routes {
  const store = openStore(runsDir);
  const lists = new ImageLists(store, runsDir);
  const turn = new AtMost(sheetsAtOnce);
  return new Routes([
    [
      getSprites,
      respond(getSprites, async ({ params, query }) => {
        const { run, files } = await lists.find(params.run, query.of);
        const sheet = await turn.run(() => keptSheet(run, files, params.sheet, runsDir));
        return new Response(new Uint8Array(sheet), {
          headers: { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=3600' },
        });
      }),
    ],
    [
      getLayout,
      respond(getLayout, async ({ params, query }) => {
        const { run, files } = await lists.find(params.run, query.of);
        const layout = await keptLayout(run, params.layout, join(runsDir, 'cache'));
        if (!layout) {
          throw new UserError(`there is no layout ${params.layout} of run ${run.id} yet`, {
            kind: 'not-found',
          });
        }
        const places = new Map(layout.files.map((file, i) => [file, i]));
        const inOrder = (values: readonly number[]) =>
          files.map((file) => values[places.get(file) ?? -1] ?? null);
        return { x: inOrder(layout.x), y: inOrder(layout.y), shares: layout.shares };
      }),
    ],
  ]);
}
