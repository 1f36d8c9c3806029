/** A trial process that tells of each trial how many groups it has, and how many bytes it was sent for it. */
import { serialize } from 'node:v8';
import { serveTrials } from '../../src/executors/serve-trials.ts';

let bytes = 0;
process.prependListener('message', (message) => {
  bytes = serialize(message).length;
});

serveTrials(
  ({ groups = {} }, { send }) => {
    send({ type: 'batch', done: Object.keys(groups).length, total: bytes, imagesPerSecond: 1 });
    return Promise.resolve({ state: 'interrupted' });
  },
  { memoryBytes: () => 0 },
);
