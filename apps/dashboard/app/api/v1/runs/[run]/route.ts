import { getRun } from '../../../../../api/operations/runs.ts';
import { describeRun } from '../../../../../store/describe-run.ts';
import { respond } from '../../../../../api/respond.ts';
import { store } from '../../../../../store/store.ts';

export const GET = respond(getRun, async ({ params }) => describeRun(await store().run(params.run)));
