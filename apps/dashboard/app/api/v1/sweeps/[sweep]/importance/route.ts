import { getImportance } from '../../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../../api/respond.ts';
import { sweepImportance } from '../../../../../../store/sweep-importance.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(getImportance, ({ params }) => sweepImportance(store(), params.sweep));
