// Apart from index.ts, because most programs need no Redis client.
export { runWorker, type WorkerEnd } from './distributed/run-worker.ts';
export { leaseMs, requireToken } from './distributed/trial-queue.ts';
