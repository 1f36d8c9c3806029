import { getImportance } from '../../../../../../api/operations/comparison.ts';
import { respond } from '../../../../../../api/respond.ts';
import { findSweep } from '../../../../../../store/find-sweep.ts';
import { index } from '../../../../../../store/store.ts';
import { sweepImportance } from '../../../../../../store/sweep-importance.ts';

export const GET = respond(getImportance, async ({ params }) =>
  sweepImportance(findSweep(await index(), params.sweep)),
);
