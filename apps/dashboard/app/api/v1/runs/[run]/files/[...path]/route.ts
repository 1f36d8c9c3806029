import { respondWithFile } from '../../../../../../../api/respond-with-file.ts';
import { runFile } from '../../../../../../../store/run-files.ts';

export const GET = respondWithFile(runFile);
