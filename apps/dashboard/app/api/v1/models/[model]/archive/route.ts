import { getModelArchive } from '../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../api/respond.ts';
import { modelArchive } from '../../../../../../store/model-files.ts';

export const GET = respond(getModelArchive, ({ params }) => modelArchive(params.model));
