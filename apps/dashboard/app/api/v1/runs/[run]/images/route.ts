import { listImages } from '../../../../../../api/operations/images.ts';
import { respond } from '../../../../../../api/respond.ts';
import { imageList } from '../../../../../../store/image-list.ts';
import { runsDir } from '../../../../../../store/runs-dir.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listImages, async ({ params }) =>
  imageList(store(), await store().run(params.run), runsDir()),
);
