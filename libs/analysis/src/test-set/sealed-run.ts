import { UserError } from '@thaw/base';
import type { RunRecord } from '@thaw/tracking';

/** Something needs what a run says of test images that nobody has looked at. */
export class SealedRun extends UserError {
  constructor({ id, sweep }: Pick<RunRecord, 'id' | 'sweep'>) {
    super(
      `the test set of run ${id} is sealed: nothing of it was predicted, so there is no test accuracy and no gap`,
      {
        kind: 'conflict',
        ...(sweep !== null && { remedy: { do: 'open test set', sweep } }),
      },
    );
  }
}
