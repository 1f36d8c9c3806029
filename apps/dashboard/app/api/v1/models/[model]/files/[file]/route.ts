import { getModelFile } from '../../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../../api/respond.ts';
import { modelFile } from '../../../../../../../store/model-files.ts';

export const GET = respond(getModelFile, ({ params }) => modelFile(params.model, params.file));
