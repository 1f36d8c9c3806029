import type { Claim } from '../claim.ts';
import { inOwnProcess } from '../measure/in-own-process.ts';
import type { InferenceCost } from '../measure/inference-process.ts';

/** What this takes on the machine that limits in milliseconds are stated for: 2 cores with AVX-512. */
const referenceMilliseconds = 2.6;

export const machine: Claim = {
  says: 'How fast this machine is: the yardstick for limits in milliseconds an image',
  async measure({ note }) {
    note('ONNX Runtime: the whole network in inference, batches of 32');
    const { milliseconds } = await inOwnProcess<InferenceCost>('inference-process.ts', { batches: 10 });
    return [
      {
        what: 'inference of the whole network in ONNX Runtime',
        unit: 'ms an image',
        values: milliseconds,
        limit: null,
      },
      {
        // The quickest batch: whatever else ran meanwhile must not widen the limits.
        what: 'slower than where the limits were set',
        unit: 'times',
        values: [Math.min(...milliseconds) / referenceMilliseconds],
        limit: null,
      },
    ];
  },
};
