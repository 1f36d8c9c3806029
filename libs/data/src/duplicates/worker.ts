import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '@thaw/base';
import { GrainFile } from './grain-file.ts';
import { ImageStore } from './image-store.ts';
import { tasks, type TaskName } from './tasks.ts';

const { count, grains, buffer } = workerData as { count: number; grains: number; buffer: SharedArrayBuffer };
const store = new ImageStore(count, new GrainFile(grains), buffer);

/** A UserError does not survive the way between threads; its message and kind do. */
parentPort!.on('message', ({ name, argument }: { name: TaskName; argument: never }) => {
  const run = async () => tasks[name](store, argument);
  run().then(
    (result) => parentPort!.postMessage({ result }),
    (error: Error) =>
      parentPort!.postMessage({
        error: error instanceof UserError ? { user: error.message, kind: error.kind } : { defect: error },
      }),
  );
});
