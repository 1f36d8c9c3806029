import { listUsage } from '../../../../../../api/operations/epochs.ts';
import { respond } from '../../../../../../api/respond.ts';
import { store } from '../../../../../../store/store.ts';

export const GET = respond(listUsage, async ({ params }) => ({ samples: await store().usage(params.run) }));
