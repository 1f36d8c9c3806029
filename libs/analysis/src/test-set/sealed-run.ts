import { UserError } from '@thaw/base';
import type { RunRecord } from '@thaw/tracking';

/** Something needs what a run says of test images that nobody has looked at. */
export class SealedRun extends UserError {
  constructor({ id, sweep, settings }: Pick<RunRecord, 'id' | 'sweep' | 'settings'>) {
    const nothing = 'so there is no test accuracy and no gap';
    // What Thaw has not trained it cannot ask.
    const message =
      settings === null
        ? `the program of run ${id} has brought no predictions of test images, ${nothing}`
        : `the test set of run ${id} is sealed: nothing of it was predicted, ${nothing}`;
    const opens = sweep !== null && settings !== null;
    super(message, { kind: 'conflict', ...(opens && { remedy: { do: 'open test set', sweep } }) });
  }
}
