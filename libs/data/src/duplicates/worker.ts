import { parentPort, workerData } from 'node:worker_threads';
import { isFullDisk, UserError } from '@thaw/base';
import { GrainFile } from './grain-file.ts';
import { ImageStore } from './image-store.ts';
import { tasks, type TaskName } from './tasks.ts';

const { count, grains, buffer } = workerData as { count: number; grains: number; buffer: SharedArrayBuffer };
const store = new ImageStore(count, new GrainFile(grains), buffer);

parentPort!.on('message', ({ name, argument }: { name: TaskName; argument: never }) => {
  const run = async () => tasks[name](store, argument);
  run().then(
    (result) => parentPort!.postMessage({ result }),
    (error: Error) => parentPort!.postMessage({ error: sent(error) }),
  );
});

/** Neither a UserError nor the code of a system's error survives the way between threads; message and kind do. */
function sent(error: Error) {
  if (error instanceof UserError) return { user: error.message, kind: error.kind };
  return isFullDisk(error) ? { user: error.message, kind: 'full-disk' } : { defect: error };
}
