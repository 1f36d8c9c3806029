import { listModelFiles } from '../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../api/respond.ts';
import { modelFiles } from '../../../../../../store/model-files.ts';

export const GET = respond(listModelFiles, async ({ params }) => ({
  files: await modelFiles(params.model),
}));
