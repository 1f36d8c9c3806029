import { listFiles } from '../../../../../../api/operations/run-files.ts';
import { respond } from '../../../../../../api/respond.ts';
import { runFiles } from '../../../../../../store/run-files.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listFiles, ({ params }) => runFiles(store(), params.run));
