import { respondWithFile } from '../../../../../../../api/respond-with-file.ts';
import { runImage } from '../../../../../../../store/run-image.ts';

export const GET = respondWithFile(runImage);
