/**
 * Bundles the command line and the dashboard's server, with the programs and threads that they start, into a folder that will be moved
 * to another place:
 * `node --import tsx tools/bundle/main.ts FOLDER PLACE`.
 */
import { bundleInPlace } from './bundle-in-place.ts';

const programs = [
  'apps/cli/src/main.ts',
  'apps/dashboard/server/main.ts',
  'libs/sweep/src/executors/trial-process.ts',
  'libs/sweep/src/executors/program/program-process.ts',
  'libs/sweep/src/jobs/job-process.ts',
  'libs/training/src/threads/image-thread.ts',
  'libs/data/src/duplicates/worker.ts',
];

const [, , folder, place] = process.argv;
if (folder === undefined || place === undefined) throw new RangeError('FOLDER or PLACE is missing');
await bundleInPlace(programs, folder, { sourcemap: false, place });
