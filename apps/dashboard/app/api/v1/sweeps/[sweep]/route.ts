import { getSweep } from '../../../../../api/operations/sweeps.ts';
import { respond } from '../../../../../api/respond.ts';
import { store } from '../../../../../store/store.ts';
import { summarizeSweep } from '../../../../../store/summarize-sweep.ts';

export const GET = respond(getSweep, async ({ params }) => summarizeSweep(await store().sweep(params.sweep)));
